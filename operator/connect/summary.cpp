// A batch's summary as text and as JSON.
#include "operator/connect/summary.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <set>

namespace operators {

namespace json = boost::json;

std::size_t connect_summary::failures() const {
    std::size_t sum = 0;
    for (auto const& [name, count] : failed)
        sum += count;
    return sum;
}

std::string connect_summary::json() const {
    json::object failures_by_name;
    for (auto const& [name, count] : failed)
        failures_by_name[name] = count;
    json::array names;
    for (auto const& each : local)
        names.push_back({{"address", each.address}, {"port", each.port}});
    json::object const all{{"connected", connected},
                           {"echoed", echoed},
                           {"failed", std::move(failures_by_name)},
                           {"local", std::move(names)}};
    return json::serialize(all) + "\n";
}

std::string connect_summary::text() const {
    std::set<std::string> sources;
    for (auto const& each : local)
        sources.insert(each.address);
    std::string line = std::to_string(connected) + " connected";
    for (auto const& source : sources)
        line += (source == *sources.begin() ? " from " : ", ") + source;
    line += ", " + std::to_string(echoed) + " echoed, " + std::to_string(failures()) + " failed";
    for (auto const& [name, count] : failed)
        line += "\n  " + name + ": " + std::to_string(count);
    return line + "\n";
}

}  // namespace operators
