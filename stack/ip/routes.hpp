// The routes of both families: the longest prefix wins.
#pragma once

#include "stack/core/siphash.hpp"
#include "stack/shard/settings.hpp"
#include "stack/wire/keyed_hash.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace stack::ip {

/// Where a packet leaves.
struct route {
    std::size_t interface = 0;  ///< position in settings::interfaces
    std::uint16_t mtu = 0;      ///< the smaller of the route's and the interface's
};

/// What an interface's MTU is worth: IPv6 needs 1280 (RFC 8200 5) and IPv4 68 (RFC 791 3.2).
std::uint16_t usable_mtu(std::uint16_t mtu, bool v4);

/// A search by halves in each prefix length there is, the longest first: a profile has few lengths,
/// however many routes.
class routes {
  public:
    explicit routes(siphash_key const& key) : hash_{key} {}

    /// Takes the routes through active devices.
    void configure(settings const& from);

    /// Of several routes with the longest prefix: the first configured; with multipath the one that
    /// the addresses of the flow choose (RFC 2992), the same for all its packets.
    std::optional<route> find(address const& source, address const& destination) const;

  private:
    struct row {
        address network;
        route way;
    };
    struct group {
        bool v4 = true;
        std::uint8_t length = 0;
        std::vector<row> rows;  // sorted by network; equal ones as configured
    };

    group& group_of(prefix const& destination);

    wire::keyed_hash hash_;
    std::vector<group> groups_;  // longest prefix first
    bool multipath_v4_ = false;
    bool multipath_v6_ = false;
};

}  // namespace stack::ip
