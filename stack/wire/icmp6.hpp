// ICMP for IPv6 (RFC 4443): the numbers, and a checked view.
#pragma once

#include "stack/core/byte_order.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace stack::wire {

enum class icmp6_type : std::uint8_t {
    destination_unreachable = 1,
    packet_too_big = 2,
    time_exceeded = 3,
    parameter_problem = 4,
    echo = 128,
    echo_reply = 129,
    redirect = 137,
};

/// Codes of destination unreachable (RFC 4443 3.1).
enum class unreachable6_code : std::uint8_t {
    no_route = 0,
    prohibited = 1,
    beyond_scope = 2,
    host = 3,
    port = 4,
    source_policy = 5,
    reject_route = 6,
};

/// A view of a message; the caller has at least `minimum` bytes.
class icmp6_view {
  public:
    static constexpr std::size_t minimum = 8;

    explicit constexpr icmp6_view(std::span<std::byte const> message) : at_(message.data()) {}

    constexpr icmp6_type type() const { return static_cast<icmp6_type>(at_[0]); }
    constexpr std::uint8_t code() const { return std::to_integer<std::uint8_t>(at_[1]); }
    /// Of packet too big.
    constexpr std::uint32_t mtu() const { return load_be32(at_ + 4); }
    /// RFC 4443 2.1: errors are those below 128. 2.4 (e.2): nor is a redirect answered by an error.
    constexpr bool is_error() const { return std::to_integer<unsigned>(at_[0]) < 128; }
    constexpr bool may_be_answered() const { return !is_error() && type() != icmp6_type::redirect; }

  private:
    std::byte const* at_;
};

}  // namespace stack::wire
