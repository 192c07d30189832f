// What a socket is bound to: an address, or any of one IP family, or of both.
#pragma once

#include "stack/wire/endpoint.hpp"

#include <boost/container/static_vector.hpp>

#include <cstdint>

namespace stack {

/// Host 0.0.0.0 is any address of IPv4; :: is any of both families, unless the socket is for IPv6
/// alone (IPV6_V6ONLY, RFC 3493 5.3).
struct bound_name {
    endpoint local;
    bool v6_only = false;  ///< of :: alone

    bound_name() = default;
    bound_name(endpoint const& name, bool ipv6_only = false)  // NOLINT(google-explicit-constructor)
        : local(name), v6_only(ipv6_only && name.host == address()) {}

    bool is_any() const { return local.host.is_unspecified(); }
    /// What comes to `host` may be for this socket.
    bool covers(address const& host) const {
        return local.host.covers(host) && !(v6_only && host.is_v4());
    }
    /// Something may be for both.
    bool meets(bound_name const& other) const {
        return local.port == other.local.port &&
               (covers(other.local.host) || other.covers(local.host));
    }
    /// The same, as endpoints of which each is of one family.
    boost::container::static_vector<endpoint, 2> by_family() const {
        if (local.host != address() || v6_only) return {local};
        return {{address::any_v4(), local.port}, local};
    }
};

/// Who has chosen the port of a name.
enum class port_origin : std::uint8_t { user, stack };

}  // namespace stack
