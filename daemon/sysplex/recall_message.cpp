#include "daemon/sysplex/recall_message.hpp"

#include "daemon/sysplex/message_reader.hpp"

#include <boost/json.hpp>

#include <limits>

namespace tcpplexd {

namespace json = boost::json;

namespace {

constexpr auto highest_number = std::numeric_limits<std::uint32_t>::max();

}  // namespace

std::string to_json(recall_message const& message) {
    if (auto const* request = std::get_if<recall_request>(&message))
        return json::serialize(json::value{{"number", request->number},
                                           {"dvipa", request->dvipa.to_string()},
                                           {"port", request->port}});
    auto const& answer = std::get<recall_answer>(message);
    return json::serialize(json::value{{"number", answer.number}, {"gave", answer.gave}});
}

boost::system::result<recall_message, std::string> recall_from_json(std::string_view text) {
    try {
        auto const document = json::parse(text);
        auto const& top = document.as_object();
        auto const number = read_number<std::uint32_t>(top, "number", highest_number);
        if (top.contains("gave")) return recall_answer{number, read_flag(top, "gave")};
        return recall_request{number, read_address(member(top, "dvipa")),
                              read_number<std::uint16_t>(top, "port", 65535)};
    } catch (std::exception const& problem) {
        return std::string(problem.what());
    }
}

}  // namespace tcpplexd
