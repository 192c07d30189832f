#include "daemon/display/reports.hpp"

#include <boost/json/array.hpp>

#include <string>
#include <vector>

namespace tcpplexd {

namespace json = boost::json;

namespace {

struct sum {
    std::string name;
    std::string protocol;
    std::string meaning;
    std::uint64_t count = 0;
};

/// RFC 4022 tcpCurrEstab, which a shard need not count: it has the connections.
sum established_now(display_subject const& subject) {
    sum result{"tcp.current_established", "TCP", "connections in ESTABLISHED or CLOSE-WAIT now"};
    each_connection(subject, [&result](stack::connection_info const& info, shard_loop&) {
        if (info.state == stack::tcp::state::established ||
            info.state == stack::tcp::state::close_wait)
            ++result.count;
    });
    return result;
}

/// In the order in which a shard shows its counters, which is that of all shards.
std::vector<sum> sums(display_subject const& subject) {
    std::vector<sum> result;
    for (auto* const each : subject.shards)
        each->run([&result, first = each == subject.shards.front()](shard_loop& loop) {
            std::size_t at = 0;
            loop.core().each_counter([&](stack::ip::counted const& counter) {
                if (first)
                    result.push_back({std::string(counter.name), std::string(counter.protocol),
                                      std::string(counter.text)});
                result[at++].count += counter.value;
            });
        });
    result.push_back(established_now(subject));
    return result;
}

}  // namespace

json::object statistics_document(display_subject const& subject, display_filter const& filter) {
    json::array counters;
    for (auto& each : sums(subject)) {
        if (!filter.protocol.empty() && each.protocol != filter.protocol) continue;
        counters.push_back(json::object{{"name", std::move(each.name)},
                                        {"protocol", std::move(each.protocol)},
                                        {"count", each.count},
                                        {"meaning", std::move(each.meaning)}});
    }
    auto result = document(subject, "stats");
    result["counters"] = std::move(counters);
    return result;
}

}  // namespace tcpplexd
