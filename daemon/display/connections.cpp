#include "daemon/display/reports.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <vector>

namespace tcpplexd {

namespace json = boost::json;

namespace {

/// A connection_info that outlives the visit.
struct row {
    std::string job;
    stack::connection_info info;
};

std::vector<row> collect(display_subject const& subject, display_filter const& filter, bool all) {
    std::vector<row> rows;
    subject.core.each_connection([&](stack::connection_info const& info) {
        if (!all &&
            (info.state == stack::tcp::state::time_wait || info.state == stack::tcp::state::closed))
            return;
        if (!filter.wants(info.tuple)) return;
        if (!filter.client.empty() && info.job != filter.client) return;
        rows.push_back({std::string(info.job), info});
    });
    // Sorted by user and connection, as z/OS does.
    std::sort(rows.begin(), rows.end(), [](row const& a, row const& b) {
        return std::tie(a.job, a.info.number) < std::tie(b.job, b.info.number);
    });
    return rows;
}

}  // namespace

json::object connections_document(display_subject const& subject, display_filter const& filter,
                                  bool all) {
    json::array connections;
    for (auto const& each : collect(subject, filter, all))
        connections.push_back(json::object{{"user", each.job},
                                           {"connId", fmt::format("{:08X}", each.info.number)},
                                           {"local", describe(each.info.tuple.local)},
                                           {"foreign", describe(each.info.tuple.remote)},
                                           {"state", stack::tcp::to_string(each.info.state)},
                                           {"passive", each.info.passive}});
    auto result = document(subject, all ? "allconn" : "conn");
    put_rows(result, "connections", std::move(connections), filter);
    return result;
}

}  // namespace tcpplexd
