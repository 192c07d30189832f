// The text and JSON forms of an endpoint.
#include "app/message/endpoint.hpp"

#include "app/message/endpoint_json.hpp"

namespace app {

std::string endpoint::to_string() const {
    std::string const name = address.empty() ? "*" : address;
    return port == 0 ? name : name + ".." + std::to_string(port);
}

boost::json::object endpoint_json(endpoint const& named) {
    boost::json::object object;
    if (!named.address.empty()) object["address"] = named.address;
    if (named.port != 0) object["port"] = named.port;
    return object;
}

endpoint take_endpoint(json_members& members, std::string_view name) {
    json_members nested(members.object(name), members.path_of(name));
    endpoint result{nested.text_or_empty("address"),
                    static_cast<std::uint16_t>(nested.optional_number("port", 65535).value_or(0))};
    members.include(nested);
    return result;
}

endpoint take_optional_endpoint(json_members& members, std::string_view name) {
    return members.has(name) ? take_endpoint(members, name) : endpoint{};
}

}  // namespace app
