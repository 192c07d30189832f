#include "daemon/display/connection_detail.hpp"
#include "daemon/display/reports.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace tcpplexd {

namespace json = boost::json;

namespace {

struct row {
    std::string job;
    std::uint32_t number = 0;
    json::object members;
};

/// A socket of IPv6 shows IPv4 addresses as it has them.
json::object describe_socket(stack::endpoint const& name, bool maps_v4) {
    auto members = describe(name);
    if (maps_v4 && name.host.is_v4()) members["address"] = "::ffff:" + name.host.to_string();
    return members;
}

json::object members_of(std::string_view job, std::uint32_t number, stack::four_tuple const& tuple,
                        bool maps_v4 = false) {
    return {{"user", job},
            {"connId", fmt::format("{:08X}", number)},
            {"local", describe_socket(tuple.local, maps_v4)},
            {"foreign", describe_socket(tuple.remote, maps_v4)}};
}

bool is_wanted(display_filter const& filter, std::string_view job, stack::four_tuple const& tuple) {
    return filter.wants(tuple) && filter.wants_client(job);
}

void collect_tcp(std::vector<row>& rows, display_subject const& subject,
                 display_filter const& filter, listing which) {
    each_connection(subject, [&](stack::connection_info const& info, shard_loop& where) {
        if (which == listing::active &&
            (info.state == stack::tcp::state::time_wait || info.state == stack::tcp::state::closed))
            return;
        if (!is_wanted(filter, info.job, info.tuple)) return;
        auto members = members_of(info.job, info.number, info.tuple, info.maps_v4);
        members["state"] = stack::tcp::to_string(info.state);
        members["passive"] = info.passive;
        if (which == listing::detailed)
            if (auto const detail = where.core().detail(info, where.now()))
                members["detail"] = describe(*detail);
        rows.push_back({std::string(info.job), info.number, std::move(members)});
    });
}

/// Numbers of the upper half, so that none is a TCP connection's as well.
constexpr std::uint32_t udp_numbers = 0x80000000;

void collect_udp(std::vector<row>& rows, display_subject const& subject,
                 display_filter const& filter) {
    subject.core.udp().each([&](stack::udp::socket_info const& info) {
        auto tuple = info.name;
        if (tuple.remote.port == 0) tuple.remote.host = stack::address::any_v4();
        if (!is_wanted(filter, info.job, tuple)) return;
        auto const number = info.number | udp_numbers;
        auto members = members_of(info.job, number, tuple);
        members["state"] = "UDP";
        members["datagramsIn"] = info.count.datagrams_in;
        members["datagramsOut"] = info.count.datagrams_out;
        members["datagramsLost"] = info.count.datagrams_lost;
        members["bytesIn"] = info.count.bytes_in;
        members["bytesOut"] = info.count.bytes_out;
        members["queued"] = info.queued;
        rows.push_back({std::string(info.job), number, std::move(members)});
    });
}

std::vector<row> collect(display_subject const& subject, display_filter const& filter,
                         listing which) {
    std::vector<row> rows;
    collect_tcp(rows, subject, filter, which);
    collect_udp(rows, subject, filter);
    // Sorted by user and connection, as z/OS does.
    std::sort(rows.begin(), rows.end(), [](row const& a, row const& b) {
        return std::tie(a.job, a.number) < std::tie(b.job, b.number);
    });
    return rows;
}

std::string_view report_of(listing which) {
    switch (which) {
        case listing::active:
            return "conn";
        case listing::all:
            return "allconn";
        case listing::detailed:
            break;
    }
    return "all";
}

}  // namespace

json::object connections_document(display_subject const& subject, display_filter const& filter,
                                  listing which) {
    json::array connections;
    for (auto& each : collect(subject, filter, which))
        connections.push_back(std::move(each.members));
    auto result = document(subject, report_of(which));
    put_rows(result, "connections", std::move(connections), filter);
    return result;
}

}  // namespace tcpplexd
