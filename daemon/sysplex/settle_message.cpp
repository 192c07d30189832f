#include "daemon/sysplex/settle_message.hpp"

#include "daemon/sysplex/message_reader.hpp"

#include <boost/json.hpp>

namespace tcpplexd {

namespace json = boost::json;

std::string to_json(settle_message const& message) {
    return json::serialize(
        json::value{{"dvipa", message.dvipa.to_string()}, {"allTold", message.all_told}});
}

boost::system::result<settle_message, std::string> settle_from_json(std::string_view text) {
    try {
        auto const document = json::parse(text);
        auto const& top = document.as_object();
        return settle_message{read_address(member(top, "dvipa")), read_flag(top, "allTold")};
    } catch (std::exception const& problem) {
        return std::string(problem.what());
    }
}

}  // namespace tcpplexd
