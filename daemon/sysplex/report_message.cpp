#include "daemon/sysplex/report_message.hpp"

#include "daemon/sysplex/message_reader.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace tcpplexd {

namespace json = boost::json;

namespace {

stack::service_health read_service(json::object const& from) {
    auto const percent = [&](char const* name) {
        return read_number<std::uint8_t>(from, name, 100);
    };
    return {
        {read_address(member(from, "address")), read_number<std::uint16_t>(from, "port", 65535)},
        percent("room"),
        percent("established"),
        percent("accepted"),
        read_number<std::uint32_t>(from, "refused", std::numeric_limits<std::int32_t>::max())};
}

}  // namespace

std::string to_json(stack::target_report const& report) {
    json::array services;
    for (auto const& each : report.services) {
        if (services.size() == most_reported_services) break;
        services.push_back({{"address", each.service.host.to_string()},
                            {"port", each.service.port},
                            {"room", each.room},
                            {"established", each.established},
                            {"accepted", each.accepted},
                            {"refused", each.refused}});
    }
    return json::serialize(
        json::value{{"capacity", report.capacity}, {"services", std::move(services)}});
}

boost::system::result<stack::target_report, std::string> report_from_json(std::string_view text) {
    try {
        auto const document = json::parse(text);
        auto const& top = document.as_object();
        stack::target_report result;
        result.capacity = std::max<std::uint32_t>(
            1,
            read_number<std::uint32_t>(top, "capacity", std::numeric_limits<std::int32_t>::max()));
        auto const& services = member(top, "services").as_array();
        if (services.size() > most_reported_services)
            throw std::invalid_argument("more than 1024 services");
        for (auto const& each : services)
            result.services.push_back(read_service(each.as_object()));
        return result;
    } catch (std::exception const& problem) {
        return std::string(problem.what());
    }
}

}  // namespace tcpplexd
