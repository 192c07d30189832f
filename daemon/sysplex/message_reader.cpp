#include "daemon/sysplex/message_reader.hpp"

#include <boost/json/serialize.hpp>

namespace tcpplexd {

namespace json = boost::json;

json::value const& member(json::object const& from, std::string_view name) {
    auto const* found = from.if_contains(name);
    if (found == nullptr)
        throw std::invalid_argument("member '" + std::string(name) + "' is missing");
    return *found;
}

stack::address read_address(json::value const& from) {
    auto const* text = from.if_string();
    auto const parsed = text != nullptr ? stack::address::parse(*text) : std::nullopt;
    if (!parsed) throw std::invalid_argument("an address is not one: " + json::serialize(from));
    return *parsed;
}

std::int64_t read_number(json::object const& from, std::string_view name, std::int64_t most) {
    auto const* number = member(from, name).if_int64();
    if (number == nullptr || *number < 0 || *number > most)
        throw std::invalid_argument("member '" + std::string(name) + "' is not a number of 0.." +
                                    std::to_string(most));
    return *number;
}

bool read_flag(json::object const& from, std::string_view name) {
    auto const* flag = member(from, name).if_bool();
    if (flag == nullptr)
        throw std::invalid_argument("member '" + std::string(name) + "' is not true or false");
    return *flag;
}

}  // namespace tcpplexd
