#include "daemon/sysplex/group.hpp"

#include "daemon/sysplex/port_bridge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tcpplexd {

namespace {

/// How often the members' proofs of life are looked at: two system calls a member.
constexpr auto watch_interval = std::chrono::milliseconds(25);

stack::member_id id_of(cf::member const& who) {
    return {who.slot, who.incarnation};
}

/// A departed owner: sorts behind every living one and is not valid().
constexpr stack::member_id departed{0xffff, 0xffffffff};

}  // namespace

group::group(boost::asio::io_context& io, cf::connector& facility, facility_thread& worker,
             mesh& links, group_listener& listener, member_definitions own)
    : timer_(io), facility_(facility), worker_(worker), links_(links), listener_(listener) {
    auto const& self = facility.self();
    members_.push_back({id_of(self), self.who.stack, self.who.system, std::move(own), {}});
    links_.attach(*this);
    look();
    watch();
}

bool group::complete() const {
    return silent().empty();
}

std::vector<stack::member_id> group::others() const {
    std::vector<stack::member_id> result;
    for (auto const& each : members_)
        if (each.id != self() && each.id.valid()) result.push_back(each.id);
    return result;
}

std::vector<std::string> group::silent() const {
    std::vector<std::string> result;
    for (auto const& each : members_)
        if (each.id != self() && each.id.valid() &&
            std::find(heard_.begin(), heard_.end(), each.id) == heard_.end())
            result.push_back(each.name);
    return result;
}

void group::publish(member_definitions own) {
    if (own == members_.front().definitions) return;
    members_.front().definitions = std::move(own);
    auto const text = to_json(members_.front().definitions);
    for (auto const& each : members_)
        if (each.id.valid() && each.id != self())
            links_.send_control(each.id, control_kind::definitions, text);
}

std::set<stack::address> group::defined_dvipas() const {
    std::set<stack::address> all;
    for (auto const& member : members_)
        for (auto const& each : member.definitions.dvipas)
            all.insert(each.host);
    return all;
}

bool group::read_owners(std::set<stack::address> const& but) {
    bool changed = false;
    for (auto const& dvipa : defined_dvipas()) {
        auto const recorded = facility_.owner(facility_key(dvipa));
        auto const* const owner = recorded.exists() && !but.contains(dvipa)
                                      ? find({recorded.slot, recorded.incarnation})
                                      : nullptr;
        for (auto& member : members_) {
            // Of itself a stack knows better: see owns().
            if (&member == owner && owner == &members_.front()) continue;
            if (&member == owner)
                changed |= member.owned.insert(dvipa).second;
            else if (owner != nullptr || (member.id.valid() && member.id != self()))
                changed |= member.owned.erase(dvipa) != 0;
        }
    }
    // Of the departed only those are remembered whose DVIPAs nobody has yet.
    std::erase_if(members_,
                  [](auto const& each) { return !each.id.valid() && each.owned.empty(); });
    return changed;
}

void group::owns(stack::address const& dvipa, bool whether) {
    if (!whether) {
        members_.front().owned.erase(dvipa);
        return;
    }
    for (auto& member : members_)
        member.owned.erase(dvipa);
    members_.front().owned.insert(dvipa);
}

bool group::is_member(stack::member_id peer, std::string_view name) {
    if (find(peer) == nullptr) look();  // it reached us before we looked
    auto const* member = find(peer);
    return member != nullptr && member->name == name;
}

void group::on_link_up(stack::member_id peer) {
    links_.send_control(peer, control_kind::definitions, to_json(members_.front().definitions));
    listener_.member_reached(peer);
}

void group::on_control(stack::member_id from, control_kind kind, std::string_view text) {
    auto* member = find(from);
    if (member == nullptr) return;
    if (kind == control_kind::recall) return listener_.recall_received(from, text);
    if (kind == control_kind::settle) return listener_.settle_received(from, text);
    if (kind == control_kind::report) return listener_.report_received(from, text);
    auto received = definitions_from_json(text);
    if (!received) {
        log_message(severity::error,
                    fmt::format("definitions of {} refused: {}", member->name, received.error()));
        return;
    }
    member->definitions = std::move(*received);
    if (std::find(heard_.begin(), heard_.end(), from) == heard_.end()) heard_.push_back(from);
    // What a departed stack of this name defined is settled by its successor.
    auto const name = member->name;
    auto const& successor = member->definitions;
    std::erase_if(members_, [&](group_member const& each) {
        return !each.id.valid() && each.name == name &&
               std::none_of(each.owned.begin(), each.owned.end(),
                            [&](auto const& dvipa) { return successor.find(dvipa) != nullptr; });
    });
    listener_.group_changed();
}

void group::watch() {
    timer_.expires_after(watch_interval);
    timer_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        look();
        watch();
    });
}

void group::look() {
    for (auto const& each : std::exchange(unrecovered_, {}))
        recover(each);
    for (auto const& each : facility_.check()) {
        switch (each.what) {
            case cf::group_event::kind::joined:
                joined(each.who);
                break;
            case cf::group_event::kind::left:
                gone(each.who, "has left the sysplex group");
                break;
            case cf::group_event::kind::failed:
                // Afar this is what a copy says, which may be behind: the recovery makes sure, and
                // it is reported as recovered then.
                if (!facility_.is_remote()) gone(each.who, "has failed");
                recover(each.who);
                break;
            case cf::group_event::kind::recovered:
                gone(each.who, "has failed; its ports are free");
                break;
        }
    }
    if (auto const now = facility_.changes(); now != std::exchange(changes_, now))
        listener_.facility_changed();
}

void group::joined(cf::member const& who) {
    if (find(id_of(who)) != nullptr) return;
    members_.push_back({id_of(who), who.who.stack, who.who.system, {}, {}});
    log_message(severity::info, fmt::format("{} on {} is a member of the sysplex group",
                                            who.who.stack, who.who.system));
    // The younger incarnation connects, so that there is one link a pair.
    if (who.incarnation < facility_.self().incarnation) links_.connect(id_of(who), who.who.xcf);
}

void group::gone(cf::member const& who, std::string_view how) {
    auto const id = id_of(who);
    auto* member = find(id);
    if (member == nullptr) return;
    log_message(severity::info, fmt::format("{} on {} {}", who.who.stack, who.who.system, how));
    links_.drop(id);
    std::erase(heard_, id);
    // Connections from and to its DVIPAs on other stacks outlive it: the addresses stay known, with
    // no owner. What it owned counts, if this stack had heard of that or not.
    for (auto const& dvipa : defined_dvipas())
        if (facility_.owner(facility_key(dvipa)) == cf::dvipa_owner{id.slot, id.incarnation})
            member->owned.insert(dvipa);
    member->id = departed;
    member->definitions.joined = false;
    member->definitions.dynamic_xcf = {};
    member->definitions.dynamic_xcf6 = {};
    listener_.member_gone(id);
    listener_.group_changed();
}

void group::recover(cf::member const& who) {
    worker_.run([this, who] { return facility_.recover(who); },
                [this, who](cf::result<> const& outcome) {
                    if (outcome && !is_listed(who))
                        return log_message(severity::info,
                                           fmt::format("ports of {} are free", who.who.stack));
                    if (!outcome && outcome.error().code != cf::error::busy)
                        log_message(severity::error, outcome.error().text);
                    // Looked at again until it is done: whoever is at it may die too, and the last
                    // word, that it is done, may not have reached the facility.
                    unrecovered_.push_back(who);
                });
}

bool group::is_listed(cf::member const& who) const {
    auto const all = facility_.members();
    return std::any_of(all.begin(), all.end(),
                       [&](auto const& each) { return id_of(each) == id_of(who); });
}

group_member* group::find(stack::member_id id) {
    auto const found = std::find_if(members_.begin(), members_.end(),
                                    [&](auto const& each) { return each.id == id; });
    return found == members_.end() ? nullptr : &*found;
}

}  // namespace tcpplexd
