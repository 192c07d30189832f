// Address and port, and the pair of them that names a connection.
#pragma once

#include "stack/wire/address.hpp"

#include <compare>
#include <cstdint>
#include <string>

namespace stack {

/// An address and a port; port 0 means "none yet".
struct endpoint {
    address host;
    std::uint16_t port = 0;

    std::string to_string() const;  ///< z/OS form, "10.1.9.9..40000"
    friend constexpr bool operator==(endpoint const&, endpoint const&) = default;
    friend constexpr auto operator<=>(endpoint const&, endpoint const&) = default;
};

/// A connection's name as this stack sees it.
struct four_tuple {
    endpoint local;
    endpoint remote;

    friend constexpr bool operator==(four_tuple const&, four_tuple const&) = default;
    friend constexpr auto operator<=>(four_tuple const&, four_tuple const&) = default;
};

}  // namespace stack
