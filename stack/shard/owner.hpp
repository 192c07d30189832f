// Which shard of a stack a connection belongs to: a pure function of its name.
#pragma once

#include "stack/core/siphash.hpp"
#include "stack/wire/endpoint.hpp"
#include "stack/wire/keyed_hash.hpp"

#include <cstddef>
#include <cstdint>

namespace stack {

/// One of the shards of a stack. All of them have the same `count` and `key`.
struct placement {
    static constexpr std::size_t most_shards = 64;  ///< one for each bit of a word of ports

    std::size_t index = 0;
    std::size_t count = 1;  ///< a power of two, at most most_shards
    siphash_key key;        ///< keeps strangers from aiming at one shard; unused with one shard

    bool is_alone() const { return count == 1; }
};

/// The local port is added, not hashed: with whomever a local address speaks, each shard has every
/// count-th port, in the same places of each 64 ports, so that a source port can be picked that
/// brings the answers to the shard that connects.
inline std::size_t owner_of(four_tuple const& flow, placement const& where) {
    if (where.is_alone()) return 0;
    four_tuple const without_port{{flow.local.host, 0}, flow.remote};
    return (wire::keyed_hash{where.key}(without_port) + flow.local.port) % where.count;
}

inline bool is_own(four_tuple const& flow, placement const& where) {
    return owner_of(flow, where) == where.index;
}

/// Every port.
inline constexpr std::uint64_t any_stride = ~std::uint64_t{0};

/// The ports from which connections between the two belong to this shard: bit b stands for every
/// port that is b modulo 64.
inline std::uint64_t stride_of(address const& local, endpoint const& remote,
                               placement const& where) {
    if (where.is_alone()) return any_stride;
    std::uint64_t stride = 0;
    std::size_t const first = owner_of({{local, 0}, remote}, where);
    for (std::size_t bit = 0; bit < 64; ++bit)
        if ((first + bit) % where.count == where.index) stride |= std::uint64_t{1} << bit;
    return stride;
}

}  // namespace stack
