// The secrets of the datagrams between two stacks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace cf::xcf {

/// For one direction: AES-256-GCM (RFC 5116 5.2). The nonce is the salt, XORed with the sequence
/// number as in TLS 1.3 (RFC 8446 5.3).
struct datagram_key {
    std::array<std::byte, 32> key{};
    std::array<std::byte, 12> salt{};
};

/// Both directions, and a number that tells datagrams of this link from those of the one before it.
struct datagram_keys {
    std::uint32_t link = 0;
    datagram_key sending;
    datagram_key receiving;
};

}  // namespace cf::xcf
