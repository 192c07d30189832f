// What the displays are about.
#pragma once

#include "cf/connector.hpp"
#include "daemon/host/host_settings.hpp"
#include "daemon/loop/shard_loop.hpp"
#include "daemon/sysplex/recall.hpp"
#include "daemon/sysplex/roles.hpp"
#include "daemon/sysplex/standing_check.hpp"
#include "parser/configuration.hpp"
#include "stack/shard/shard.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tcpplexd {

/// A running stack, seen by its displays. All references are valid during one call.
struct display_subject {
    std::string_view stack;
    std::string_view system;
    stack::shard const& core;                ///< the first shard, which routes
    std::vector<shard_loop*> const& shards;  ///< all of them
    stack::settings const& settings;
    parser::configuration const& configuration;
    std::vector<group_member> const& members;
    cf::connector& facility;
    facility_settings const& facility_at;
    std::string_view group;  ///< the XCF group's name
    std::map<stack::address, std::int64_t> const&
        active_since;  ///< DVIPAs, seconds since the epoch
    check_counters const& checks;
    recall::counters const& recalls;
};

/// The rows wanted; empty members want all.
struct display_filter {
    std::optional<std::uint16_t> port;       ///< local or foreign
    std::optional<stack::address> host;      ///< local or foreign
    std::string client;                      ///< job, upper case; may hold * and ?
    std::optional<stack::endpoint> foreign;  ///< of explain: the other end
    std::string protocol;                    ///< of stats: "IP", "ICMP", "TCP" or "UDP"
    std::optional<std::uint64_t> number;     ///< of config: one that is kept
    std::optional<std::size_t> max;  ///< at most so many rows; the document then has "total"

    bool wants(stack::four_tuple const& tuple) const;
    bool wants_client(std::string_view job) const;
};

/// Those of all shards, and of listeners, which are in each, the first one's.
void each_connection(
    display_subject const& subject,
    std::function<void(stack::connection_info const&, shard_loop& where)> const& visit);

/// The routing table's rows of all shards.
void each_route(display_subject const& subject,
                std::function<void(stack::routing_row const&)> const& visit);

/// "2026-01-31T12:00:00Z".
std::string time_text(std::int64_t seconds_since_epoch);

/// The members that every document has: schema ("tcpplex/REPORT/1"), stack, system, time.
boost::json::object document(display_subject const& subject, std::string_view report);
/// {"address": ..., "port": ...}
boost::json::object describe(stack::endpoint const& from);
/// Puts `rows` into `into` under `name`, cut to filter.max with "total" saying how many there were.
void put_rows(boost::json::object& into, std::string_view name, boost::json::array rows,
              display_filter const& filter);

}  // namespace tcpplexd
