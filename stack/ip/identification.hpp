// Identification of datagrams that may be cut into fragments.
#pragma once

#include "stack/core/siphash.hpp"
#include "stack/wire/endpoint.hpp"
#include "stack/wire/keyed_hash.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace stack::ip {

/// RFC 7739 5.3: for each pair of addresses a sequence of its own that strangers can't foresee and
/// that repeats as late as possible; pairs that share a counter leave gaps in each other's. The low
/// 16 bits serve IPv4 (RFC 6864 4.3).
class identification {
  public:
    explicit identification(siphash_key const& key) : hash_{key} {}

    std::uint32_t next(address const& source, address const& destination) {
        std::uint64_t const hash = hash_(four_tuple{{source, 0}, {destination, 0}});
        return static_cast<std::uint32_t>(hash) + counters_[hash >> 56]++;
    }

  private:
    wire::keyed_hash hash_;
    std::array<std::uint32_t, 256> counters_{};
};

}  // namespace stack::ip
