// explain: who owns a 4-tuple, why, since when, and which way its packets go.
#include "daemon/display/facility_part.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace tcpplexd {

namespace json = boost::json;

namespace {

struct answer {
    std::string owner;  ///< a stack's name; empty: nobody
    std::string table;  ///< what knows it
    std::string why;
    std::string since{};
};

group_member const* member_with(display_subject const& subject, stack::member_id id) {
    auto const found = std::find_if(subject.members.begin(), subject.members.end(),
                                    [&](auto const& each) { return each.id == id; });
    return found == subject.members.end() ? nullptr : &*found;
}

std::string name_of(display_subject const& subject, stack::member_id id) {
    auto const* member = member_with(subject, id);
    return member != nullptr ? member->name : "a stack that has gone";
}

stack::dvipa_settings const* dvipa_of(display_subject const& subject, stack::address const& host) {
    for (auto const& each : subject.settings.dvipas)
        if (each.host == host) return &each;
    return nullptr;
}

bool is_home(display_subject const& subject, stack::address const& host) {
    auto const& all = subject.settings.interfaces;
    return dvipa_of(subject, host) != nullptr ||
           std::any_of(all.begin(), all.end(), [&](auto const& each) { return each.host == host; });
}

std::optional<answer> connection_here(display_subject const& subject,
                                      stack::four_tuple const& tuple) {
    std::optional<answer> found;
    each_connection(subject, [&](stack::connection_info const& info, shard_loop&) {
        if (info.tuple != tuple) return;
        found = {
            std::string(subject.stack), "connection",
            fmt::format("a connection of this stack, {}, of job {}, opened by {}",
                        stack::tcp::to_string(info.state), info.job.empty() ? "none" : info.job,
                        info.passive ? "the peer" : "this stack")};
    });
    return found;
}

std::optional<answer> routed(display_subject const& subject, stack::four_tuple const& tuple) {
    std::optional<answer> found;
    each_route(subject, [&](stack::routing_row const& row) {
        if (row.tuple != tuple) return;
        found = {name_of(subject, row.holder), "routing table",
                 row.inbound ? "this stack, which owns the DVIPA, distributed it there"
                             : "that stack opened it and told this one, which owns the DVIPA"};
    });
    return found;
}

/// When the facility's trace says that the port was last taken.
std::string taken_at(display_subject const& subject, stack::endpoint const& local) {
    std::string result;
    for (auto const& each : subject.facility.trace(facility_key(local.host), 65536)) {
        bool const took = each.held.set.count == 1 && each.held.set.first == local.port;
        if (took) result = time_of(each.when);
    }
    return result;
}

std::optional<answer> in_facility(display_subject const& subject, stack::four_tuple const& tuple) {
    using kind = cf::port_holder::kind;
    auto const& local = tuple.local;
    auto const holder = subject.facility.who_holds(facility_key(local.host), local.port,
                                                   facility_destination(tuple.remote));
    auto const since = taken_at(subject, local);
    if (holder.what == kind::one)
        return answer{
            name_of(subject, {holder.slot, holder.incarnation}), "coupling facility",
            "it holds the port as a source port for any peer, or (HASHTABLE) this connection",
            since};
    auto const names = holder.what == kind::nobody
                           ? cf::result<std::vector<std::string>>(std::vector<std::string>())
                           : subject.facility.holders(facility_key(local.host), local.port);
    if (!names || names->empty()) return std::nullopt;
    std::string all;
    for (auto const& each : *names)
        all += (all.empty() ? "" : ", ") + each;
    if (holder.what == kind::service)
        return answer{all, "coupling facility",
                      "a service port: a connection to it is distributed when its SYN arrives"};
    return answer{all, "coupling facility",
                  "several stacks have the port since before its sharing was switched on; which of "
                  "them has this connection its notice will tell",
                  since};
}

answer who_owns(display_subject const& subject, stack::four_tuple const& tuple) {
    if (auto const found = connection_here(subject, tuple)) {
        auto result = *found;
        if (dvipa_of(subject, tuple.local.host) != nullptr)
            result.since = taken_at(subject, tuple.local);
        return result;
    }
    if (auto const found = routed(subject, tuple)) return *found;
    if (auto const found = in_facility(subject, tuple)) return *found;
    if (!is_home(subject, tuple.local.host))
        return {"", "none", "neither address is one of this stack: ask a stack that has it"};
    return {"", "none",
            "no connection, no row of the routing table and no holder of the port: a segment that "
            "is not a SYN to a listener is answered as RFC 9293 3.10.7.1 says"};
}

/// How the owner of the DVIPA reaches the stack of that name.
std::string passage(display_subject const& subject, group_member const& owner,
                    std::string const& holder, stack::address const& dvipa) {
    for (auto const& member : subject.members)
        for (auto const& route : owner.definitions.vipa_routes)
            if (member.name == holder && route.xcf == member.definitions.xcf_for(dvipa))
                return fmt::format("through a tunnel to {} (VIPAROUTE)", route.via.to_string());
    return "over XCF";
}

std::string way(display_subject const& subject, stack::four_tuple const& tuple,
                answer const& found) {
    auto const* dvipa = dvipa_of(subject, tuple.local.host);
    if (dvipa == nullptr)
        return is_home(subject, tuple.local.host) ? "in and out by this stack's own interfaces"
                                                  : "unknown to this stack";
    auto const* owner = owner_of(dvipa->host, subject.members);
    if (owner == nullptr)
        return fmt::format("{} has no owner just now: its packets wait for one",
                           dvipa->host.to_string());
    if (found.owner.empty() || found.owner == owner->name)
        return fmt::format("in and out by {} on {}, which owns {}", owner->name, owner->system,
                           dvipa->host.to_string());
    return fmt::format("in by {} on {}, which owns {}, and {} to {}; out by the interfaces of {}",
                       owner->name, owner->system, dvipa->host.to_string(),
                       passage(subject, *owner, found.owner, dvipa->host), found.owner,
                       found.owner);
}

}  // namespace

json::object explain_document(display_subject const& subject, display_filter const& filter) {
    stack::four_tuple tuple{{filter.host.value_or(stack::address()), filter.port.value_or(0)},
                            filter.foreign.value_or(stack::endpoint())};
    // Either end may be ours.
    if (!is_home(subject, tuple.local.host) && is_home(subject, tuple.remote.host))
        std::swap(tuple.local, tuple.remote);
    auto const found = who_owns(subject, tuple);
    auto result = document(subject, "explain");
    result["local"] = describe(tuple.local);
    result["foreign"] = describe(tuple.remote);
    result["owner"] = found.owner;
    result["table"] = found.table;
    result["why"] = found.why;
    result["since"] = found.since;
    result["way"] = way(subject, tuple, found);
    return result;
}

}  // namespace tcpplexd
