#include "daemon/display/subject.hpp"

#include <boost/json/array.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

namespace tcpplexd {

namespace json = boost::json;

bool display_filter::wants(stack::four_tuple const& tuple) const {
    if (port && tuple.local.port != *port && tuple.remote.port != *port) return false;
    return !host || tuple.local.host == *host || tuple.remote.host == *host;
}

/// In at most client.size() * job.size() steps, whatever the pattern: only the last * seen is ever
/// tried again.
bool display_filter::wants_client(std::string_view job) const {
    if (client.empty()) return true;
    constexpr auto none = std::string::npos;
    std::size_t at = 0;
    std::size_t star = none;
    std::size_t after_star = 0;
    for (std::size_t i = 0; i < job.size();) {
        if (at < client.size() && client[at] == '*') {
            star = at++;
            after_star = i;
        } else if (at < client.size() && (client[at] == '?' || client[at] == job[i])) {
            ++at;
            ++i;
        } else if (star != none) {
            at = star + 1;
            i = ++after_star;
        } else {
            return false;
        }
    }
    return client.find_first_not_of('*', at) == none;
}

void each_connection(
    display_subject const& subject,
    std::function<void(stack::connection_info const&, shard_loop& where)> const& visit) {
    for (auto* const each : subject.shards)
        each->run([&](shard_loop& loop) {
            bool const first = each == subject.shards.front();
            loop.core().each_connection([&](stack::connection_info const& info) {
                if (first || info.state != stack::tcp::state::listen) visit(info, loop);
            });
        });
}

void each_route(display_subject const& subject,
                std::function<void(stack::routing_row const&)> const& visit) {
    for (auto* const each : subject.shards)
        each->run([&](shard_loop& loop) { loop.core().each_route(visit); });
}

std::string time_text(std::int64_t seconds_since_epoch) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                       fmt::gmtime(static_cast<std::time_t>(seconds_since_epoch)));
}

json::object document(display_subject const& subject, std::string_view report) {
    return {{"schema", fmt::format("tcpplex/{}/1", report)},
            {"stack", subject.stack},
            {"system", subject.system},
            {"time", time_text(std::time(nullptr))}};
}

json::object describe(stack::endpoint const& from) {
    return {{"address", from.host.to_string()}, {"port", from.port}};
}

void put_rows(json::object& into, std::string_view name, json::array rows,
              display_filter const& filter) {
    if (filter.max && rows.size() > *filter.max) {
        into["total"] = rows.size();
        rows.resize(*filter.max);
    }
    into[name] = std::move(rows);
}

}  // namespace tcpplexd
