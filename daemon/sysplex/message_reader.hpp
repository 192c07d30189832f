// Reads the members of another stack's message, which are checked like any input.
#pragma once

#include "stack/wire/address.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tcpplexd {

/// A member that must be there; std::invalid_argument names it. So with the others.
boost::json::value const& member(boost::json::object const& from, std::string_view name);
stack::address read_address(boost::json::value const& from);
std::int64_t read_number(boost::json::object const& from, std::string_view name, std::int64_t most);
bool read_flag(boost::json::object const& from, std::string_view name);

/// As the type that the number is checked for.
template <class Number>
Number read_number(boost::json::object const& from, std::string_view name, std::int64_t most) {
    return static_cast<Number>(read_number(from, name, most));
}

}  // namespace tcpplexd
