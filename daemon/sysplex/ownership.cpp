#include "daemon/sysplex/ownership.hpp"

#include "daemon/sysplex/claims.hpp"
#include "daemon/sysplex/port_bridge.hpp"
#include "daemon/sysplex/settle_message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tcpplexd {

namespace {

constexpr auto retry_interval = std::chrono::milliseconds(200);

/// Of one stack: as many as it may have DVIPAs (IP Configuration Reference, VIPADYNAMIC).
constexpr std::ptrdiff_t most_questions = 1024;

cf::dvipa_owner record_of(stack::member_id who) {
    return {who.slot, who.incarnation};
}

}  // namespace

ownership::ownership(boost::asio::io_context& io, cf::connector& facility, facility_thread& worker,
                     mesh& links, ownership_listener& listener)
    : again_(io),
      settling_timer_(io),
      facility_(facility),
      worker_(worker),
      links_(links),
      listener_(listener) {}

void ownership::start(group& members) {
    group_ = &members;
    if (read_owners()) listener_.ownership_changed();
    review();
}

void ownership::review() {
    if (group_ == nullptr) return;
    auto const& self = group_->members().front();
    std::set<stack::address> all(self.owned);
    for (auto const& each : self.definitions.dvipas)
        all.insert(each.host);
    for (auto const& dvipa : all) {
        if (under_way_.contains(dvipa)) continue;
        if (is_given(dvipa)) {
            take(dvipa);
            continue;
        }
        auto const* const own = self.definitions.find(dvipa);
        bool const in_use = own != nullptr && !own->immediate && listener_.uses(dvipa);
        switch (step_for(dvipa, group_->members(), in_use)) {
            case claim_step::none:
                break;
            case claim_step::take:
                take(dvipa);
                break;
            case claim_step::pass:
                pass(dvipa);
                break;
        }
    }
}

/// Whether the stack that had it has passed it to this one.
bool ownership::is_given(stack::address const& dvipa) const {
    auto const& self = group_->members().front();
    return !self.owned.contains(dvipa) &&
           facility_.owner(facility_key(dvipa)) == record_of(self.id);
}

void ownership::when_idle(std::function<void()> done) {
    if (is_idle()) return done();
    idle_waiters_.push_back(std::move(done));
}

/// Nothing is under way but what waits for a facility that does not answer.
bool ownership::is_idle() const {
    return under_way_.size() == ungiven_.size();
}

void ownership::tell_idle() {
    if (!is_idle()) return;
    for (auto const& each : std::exchange(idle_waiters_, {}))
        each();
}

void ownership::take(stack::address const& dvipa) {
    under_way_.insert(dvipa);
    worker_.run([this, dvipa] { return facility_.take_ownership(facility_key(dvipa)); },
                [this, dvipa](cf::result<> const& outcome) { taken(dvipa, outcome); });
}

void ownership::taken(stack::address const& dvipa, cf::result<> const& outcome) {
    if (outcome) {
        group_->owns(dvipa, true);
        begin_settling(dvipa);
        listener_.ownership_changed();
    } else if (outcome.error().code == cf::error::in_use) {
        if (read_owners()) listener_.ownership_changed();
    } else {
        log_message(severity::warning, fmt::format("{} can't be taken over yet: {}",
                                                   dvipa.to_string(), outcome.error().text));
    }
    if (!outcome) look_again();
    ended(dvipa);
    if (outcome) review();
}

void ownership::pass(stack::address const& dvipa) {
    auto const* const next = claimant(dvipa, group_->members());
    auto const to = next == nullptr ? cf::dvipa_owner{} : record_of(next->id);
    under_way_.insert(dvipa);
    if (next != nullptr) given_[dvipa] = to;  // before it can ask
    settling_.erase(dvipa);
    group_->owns(dvipa, false);
    log_message(severity::info, next == nullptr
                                    ? fmt::format("DVIPA {} is given up", dvipa.to_string())
                                    : fmt::format("DVIPA {} goes to {} on {}", dvipa.to_string(),
                                                  next->name, next->system));
    listener_.ownership_changed();  // nothing for it arrives here any more, from here on
    give_record(dvipa, to);
}

void ownership::give_record(stack::address const& dvipa, cf::dvipa_owner next) {
    worker_.run([this, dvipa, next] { return facility_.pass_ownership(facility_key(dvipa), next); },
                [this, dvipa, next](cf::result<> const& outcome) {
                    if (!outcome) {
                        log_message(severity::warning,
                                    fmt::format("nobody can take {} over yet: {}",
                                                dvipa.to_string(), outcome.error().text));
                        ungiven_[dvipa] = next;
                        look_again();
                        return tell_idle();
                    }
                    read_owners();
                    listener_.ownership_changed();
                    ended(dvipa);
                    // What has changed meanwhile was passed over.
                    review();
                });
}

bool ownership::read_owners() {
    if (group_ == nullptr) return false;
    std::set<stack::address> waiting;
    auto const self = record_of(group_->members().front().id);
    std::erase_if(given_, [&](auto const& each) {
        auto const recorded = facility_.owner(facility_key(each.first));
        return recorded != each.second && recorded != self;
    });
    for (auto const& [dvipa, next] : given_)
        waiting.insert(dvipa);
    return group_->read_owners(waiting);
}

void ownership::ended(stack::address const& dvipa) {
    under_way_.erase(dvipa);
    tell_idle();
}

void ownership::look_again() {
    if (std::exchange(looking_again_, true)) return;
    again_.expires_after(retry_interval);
    again_.async_wait([this](boost::system::error_code error) {
        looking_again_ = false;
        if (error) return;
        for (auto const& [dvipa, next] : std::exchange(ungiven_, {}))
            give_record(dvipa, next);
        review();
    });
}

// ---- the new owner's side ----

void ownership::begin_settling(stack::address const& dvipa) {
    log_message(severity::info, fmt::format("DVIPA {} is active here", dvipa.to_string()));
    auto const others = group_->others();
    if (others.empty()) return;
    settling_[dvipa] = {
        {others.begin(), others.end()},
        cf::steady_clock::now() + (facility_.is_remote() ? patience_afar : patience)};
    auto const text = to_json(settle_message{dvipa});
    for (auto const& each : others)
        links_.send_control(each, control_kind::settle, text);
    watch_settling();
}

void ownership::heard(stack::member_id who, stack::address const& dvipa) {
    auto const found = settling_.find(dvipa);
    if (found == settling_.end()) return;
    found->second.members.erase(who);
    if (!found->second.members.empty()) return;
    settling_.erase(found);
    listener_.ownership_changed();
}

void ownership::watch_settling() {
    if (settling_.empty()) return;
    auto const first = std::min_element(
        settling_.begin(), settling_.end(),
        [](auto const& a, auto const& b) { return a.second.until < b.second.until; });
    settling_timer_.expires_at(first->second.until);
    settling_timer_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        auto const now = cf::steady_clock::now();
        auto const late = std::erase_if(settling_, [&](auto const& each) {
            if (each.second.until > now) return false;
            log_message(severity::warning,
                        fmt::format("DVIPA {}: {} of the other stacks did not say in time what "
                                    "lives there; it is served without",
                                    each.first.to_string(), each.second.members.size()));
            return true;
        });
        if (late != 0) listener_.ownership_changed();
        watch_settling();
    });
}

void ownership::member_gone(stack::member_id who) {
    std::erase_if(given_, [&](auto const& each) { return each.second == record_of(who); });
    std::erase_if(questions_, [&](question const& each) { return each.from == who; });
    std::vector<stack::address> all;
    for (auto const& each : settling_)
        all.push_back(each.first);
    for (auto const& each : all)
        heard(who, each);
}

void ownership::member_reached(stack::member_id who) {
    if (group_ == nullptr) return;
    // Of all: one that was given here while there was no link is awaited by who gave it.
    for (auto const& dvipa : group_->members().front().owned)
        links_.send_control(who, control_kind::settle, to_json(settle_message{dvipa}));
}

// ---- the others' side ----

void ownership::on_message(stack::member_id from, std::string_view text) {
    auto const message = settle_from_json(text);
    if (!message)
        return log_message(severity::error,
                           fmt::format("a message on a new owner refused: {}", message.error()));
    if (message->all_told) return heard(from, message->dvipa);
    question const asked{from, message->dvipa};
    auto const of_it = std::count_if(questions_.begin(), questions_.end(),
                                     [&](question const& each) { return each.from == from; });
    bool const is_there =
        std::find(questions_.begin(), questions_.end(), asked) != questions_.end();
    if (is_there || of_it >= most_questions) return;
    questions_.push_back(asked);
    answer_questions();
}

void ownership::facility_changed() {
    answer_questions();
    if (read_owners()) listener_.ownership_changed();
    review();
}

void ownership::answer_questions() {
    std::vector<question> answered;
    std::erase_if(questions_, [&](question const& each) {
        // The record may show it a moment later than the message.
        if (facility_.owner(facility_key(each.dvipa)) != record_of(each.from)) return false;
        answered.push_back(each);
        return true;
    });
    if (answered.empty()) return;
    for (auto const& each : answered)
        given_.erase(each.dvipa);
    if (read_owners()) listener_.ownership_changed();
    for (auto const& each : answered)
        listener_.tell_all(each.dvipa, [this, each] {
            links_.send_control(each.from, control_kind::settle,
                                to_json(settle_message{each.dvipa, true}));
        });
}

}  // namespace tcpplexd
