#include "store.hpp"

#include "log.hpp"

#include <algorithm>

namespace sim {

namespace etcd = cf::etcd;

namespace {

constexpr std::size_t max_txn_ops = 128;

bool in_range(etcd::key_range const& range, std::string const& key) {
    return range.end.empty() ? key == range.first : range.first <= key && key < range.end;
}

std::string hexadecimal(std::string const& value) {
    static constexpr char const* digits = "0123456789abcdef";
    std::string text;
    for (char const each : value) {
        auto const byte = static_cast<unsigned char>(each);
        text += {digits[byte >> 4U], digits[byte & 15U]};
    }
    return text;
}

etcd::call_failure refused(std::string text) {
    return {etcd::call_failure::kind::not_done, std::move(text)};
}

}  // namespace

bool store::holds(etcd::compare const& one) const {
    auto const found = keys_.find(one.key);
    if (found == keys_.end()) return one.at == 0;
    return one.at == (one.what == etcd::compare::kind::created ? found->second.created
                                                               : found->second.modified);
}

void store::find(etcd::key_range const& which, std::vector<etcd::key_value>& into) const {
    for (auto place = keys_.lower_bound(which.first);
         place != keys_.end() && in_range(which, place->first); ++place)
        into.push_back(place->second);
}

void store::put(etcd::write const& one, change_at& into) {
    auto& key = keys_[one.key];
    if (key.lease != 0) leases_[key.lease].keys.erase(one.key);
    if (one.lease != 0) leases_[one.lease].keys.insert(one.key);
    auto const created = key.modified == 0 ? into.at : key.created;
    key = {one.key, *one.value, created, into.at, one.lease};
    into.events.push_back({key, false});
}

void store::remove(std::string const& key, change_at& into) {
    auto const found = keys_.find(key);
    if (found == keys_.end()) return;
    if (auto const under = leases_.find(found->second.lease); under != leases_.end())
        under->second.keys.erase(key);
    keys_.erase(found);
    into.events.push_back({{.key = key, .value = {}, .modified = into.at}, true});
}

void store::record(change_at what) {
    if (what.events.empty()) return;
    at_ = what.at;
    for (auto const& one : what.events)
        tell_change(one.what.key, one.deleted ? "deleted" : hexadecimal(one.what.value));
    history_.push_back(std::move(what));
    scheduler::current().wake(this);
}

store::outcome<etcd::answer> store::transact(etcd::transaction const& what) {
    if (what.compares.size() > max_txn_ops || what.reads_if_refused.size() > max_txn_ops ||
        what.writes.size() + what.reads.size() > max_txn_ops)
        return refused("etcdserver: too many operations in txn request");
    std::set<std::string> written;
    for (auto const& one : what.writes)
        if (!written.insert(one.key).second)
            return refused("etcdserver: duplicate key given in txn request");
    bool const succeeded = std::all_of(what.compares.begin(), what.compares.end(),
                                       [&](auto const& one) { return holds(one); });
    for (auto const& one : what.writes)
        if (succeeded && one.lease != 0 && leases_.count(one.lease) == 0)
            return refused("etcdserver: requested lease not found");
    change_at changed{at_ + 1, {}};
    for (auto const& one : what.writes) {
        if (!succeeded) break;
        if (one.value)
            put(one, changed);
        else
            remove(one.key, changed);
    }
    record(std::move(changed));
    answer result{.succeeded = succeeded, .at = at_, .found = {}};
    for (auto const& one : succeeded ? what.reads : what.reads_if_refused)
        find(one, result.found);
    return result;
}

etcd::answer store::read(etcd::key_range const& which) const {
    answer result{.succeeded = true, .at = at_, .found = {}};
    find(which, result.found);
    return result;
}

etcd::lease_id store::grant(nanos life, nanos now) {
    leases_[++last_lease_] = {life, now + life, {}};
    return last_lease_;
}

bool store::keep_alive(etcd::lease_id id, nanos now) {
    auto const found = leases_.find(id);
    if (found == leases_.end()) return false;
    found->second.until = now + found->second.life;
    return true;
}

bool store::revoke(etcd::lease_id id) {
    auto const found = leases_.find(id);
    if (found == leases_.end()) return false;
    auto const keys = found->second.keys;
    change_at changed{at_ + 1, {}};
    for (auto const& key : keys)
        remove(key, changed);
    leases_.erase(id);
    record(std::move(changed));
    return true;
}

void store::expire(nanos now) {
    for (auto const id : leases())
        if (leases_[id].until <= now) revoke(id);
}

void store::renew_all(nanos now) {
    for (auto& [id, one] : leases_)
        one.until = now + one.life;
}

std::vector<etcd::lease_id> store::leases() const {
    std::vector<etcd::lease_id> all;
    for (auto const& [id, one] : leases_)
        all.push_back(id);
    return all;
}

std::optional<etcd::watch_stream::batch> store::change(etcd::key_range const& of,
                                                       etcd::revision from) const {
    auto const begin = std::lower_bound(
        history_.begin(), history_.end(), from,
        [](change_at const& one, etcd::revision wanted) { return one.at < wanted; });
    for (auto place = begin; place != history_.end(); ++place) {
        etcd::watch_stream::batch batch{{}, place->at};
        for (auto const& one : place->events)
            if (in_range(of, one.what.key)) batch.events.push_back(one);
        if (!batch.events.empty()) return batch;
    }
    return std::nullopt;
}

void store::compact() {
    compacted_ = at_;
    std::erase_if(history_, [this](change_at const& one) { return one.at < compacted_; });
}

}  // namespace sim
