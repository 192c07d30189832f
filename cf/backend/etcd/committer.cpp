#include "cf/backend/etcd/committer.hpp"

#include "cf/backend/etcd/values.hpp"

#include <algorithm>

namespace cf::etcd {

namespace {

std::optional<std::uint64_t> number_in(answer const& from, std::string const& key) {
    auto is = [&](key_value const& one) { return one.key == key; };
    auto found = std::find_if(from.found.begin(), from.found.end(), is);
    std::uint64_t number = 0;
    if (found == from.found.end() || !decode(found->value, number)) return std::nullopt;
    return number;
}

revision modified_in(answer const& from, std::string const& key) {
    for (auto const& one : from.found)
        if (one.key == key) return one.modified;
    return 0;
}

}  // namespace

// With the lease go the key and all that was sent under it: etcd refuses a put under a lease that
// is gone.
void committer::begin_numbering(lease_id lease) {
    if (lease == numbered_) return;
    numbered_ = lease;
    key_ = names_.sequence(lease);
    number_ = 0;
    modified_ = 0;
}

// Again while no answer comes: it is the same transaction, which is done once at most.
call_result<answer> committer::send(transaction const& what, clock::time_point deadline) {
    for (;;) {
        auto sent = at_.transact(what);
        if (sent) return sent;
        unsettled_ |= sent.error().what == call_failure::kind::unknown;
        if (!unsettled_) return sent;
        if (clock::now() >= deadline || lease_() != numbered_)
            return call_failure{call_failure::kind::unknown, sent.error().text};
    }
}

call_result<answer> committer::commit(transaction what, clock::time_point deadline) {
    begin_numbering(lease_());
    ++number_;
    what.compares.push_back({.key = key_, .at = modified_});
    what.writes.push_back({key_, encode(number_), numbered_});
    what.reads_if_refused.push_back({key_, {}});
    auto sent = send(what, deadline);
    if (!sent) return sent;
    if (sent->succeeded) {
        modified_ = sent->at;
        unsettled_ = false;
        return sent;
    }
    modified_ = modified_in(*sent, key_);
    if (!unsettled_) return sent;
    if (number_in(*sent, key_) == number_) {  // the first one was done, and its answer lost
        unsettled_ = false;
        return answer{.succeeded = true, .at = modified_};
    }
    auto settled = ask_the_number(deadline);
    if (!settled) return settled.error();
    if (*settled) return answer{.succeeded = true, .at = modified_};
    return sent;
}

call_result<bool> committer::settle(clock::time_point deadline) {
    auto const lease = lease_();
    if (lease == numbered_) return ask_the_number(deadline);
    // With its lease the number that would tell is gone.
    begin_numbering(lease);
    unsettled_ = false;
    return true;
}

// Unknown while the lease lasts, and after it.
call_result<bool> committer::ask_the_number(clock::time_point deadline) {
    auto const lost = number_;
    for (;;) {
        transaction step{.compares = {{.key = key_, .at = modified_}},
                         .writes = {{key_, encode(number_ + 1), numbered_}},
                         .reads_if_refused = {{key_, {}}}};
        auto sent = send(step, deadline);
        if (!sent) return sent.error();
        bool stepped = sent->succeeded || number_in(*sent, key_) == number_ + 1;
        modified_ = sent->succeeded ? sent->at : modified_in(*sent, key_);
        if (stepped) {
            ++number_;
            unsettled_ = false;
            return false;
        }
        if (number_in(*sent, key_) == lost) {
            unsettled_ = false;
            return true;
        }
    }
}

}  // namespace cf::etcd
