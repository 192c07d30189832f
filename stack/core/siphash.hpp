// SipHash-2-4: a keyed hash that a peer who does not know the key cannot aim.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace stack {

struct siphash_key {
    std::uint64_t k0 = 0;
    std::uint64_t k1 = 0;
};

/// Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012; 64 bits of output.
std::uint64_t siphash(siphash_key const& key, std::span<std::byte const> message);

}  // namespace stack
