#include "daemon/change/impact.hpp"

#include "daemon/change/translate.hpp"
#include "daemon/sysplex/claims.hpp"
#include "stack/ip/topology.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace tcpplexd {

namespace {

namespace json = boost::json;

/// Of the connections that end these are named, the others counted.
constexpr std::size_t most_named = 20;

stack::ip::topology topology_of(stack::settings const& from) {
    stack::ip::topology result;
    result.configure(std::make_shared<stack::settings const>(from));
    return result;
}

/// The connections whose own address is this stack's no more.
void add_connections(impact& to, display_subject const& now, stack::settings const& next) {
    auto const left = topology_of(next);
    json::array named;
    std::size_t total = 0;
    each_connection(now, [&](stack::connection_info const& info, shard_loop&) {
        auto const& local = info.tuple.local;
        if (info.tuple.remote.port == 0 || left.is_local(local.host)) return;
        if (++total > most_named) return;
        named.push_back(json::object{{"user", info.job},
                                     {"local", describe(local)},
                                     {"foreign", describe(info.tuple.remote)}});
        to.text += fmt::format("  connection of {} ends: {}..{} {}..{}\n", info.job,
                               local.host.to_string(), local.port,
                               info.tuple.remote.host.to_string(), info.tuple.remote.port);
    });
    if (total > most_named) to.text += fmt::format("  {} connections end in all\n", total);
    to.plan["connections"] = std::move(named);
    to.plan["connectionsThatEnd"] = total;
}

/// Where DVIPAs that this stack gives up are after that.
void add_moves(impact& to, parser::difference const& all, display_subject const& now) {
    json::array moves;
    std::vector<group_member> others = now.members;
    if (!others.empty()) others.erase(others.begin());  // this stack
    for (auto const& each : all.effects) {
        if (each.kind != parser::effect_kind::dvipa_gone) continue;
        auto const host = to_stack(*each.address);
        auto const* const owner = claimant(host, others);
        json::object row{{"address", host.to_string()}};
        if (owner != nullptr) {
            row["stack"] = owner->name;
            row["system"] = owner->system;
        }
        to.text += owner != nullptr
                       ? fmt::format("  {} is then {}'s on {}\n", host.to_string(), owner->name,
                                     owner->system)
                       : fmt::format("  {} is then active nowhere\n", host.to_string());
        moves.push_back(std::move(row));
    }
    to.plan["moves"] = std::move(moves);
}

}  // namespace

impact impact_of(parser::difference const& all, display_subject const& now,
                 stack::settings const& next) {
    impact result{parser::to_text(all), document(now, "plan")};
    for (auto& member : parser::to_json(all))
        result.plan.insert(member);
    add_moves(result, all, now);
    add_connections(result, now, next);
    return result;
}

}  // namespace tcpplexd
