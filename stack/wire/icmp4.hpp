// ICMP for IPv4 (RFC 792): the numbers, and a checked view.
#pragma once

#include "stack/core/byte_order.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace stack::wire {

enum class icmp4_type : std::uint8_t {
    echo_reply = 0,
    destination_unreachable = 3,
    source_quench = 4,
    redirect = 5,
    echo = 8,
    time_exceeded = 11,
    parameter_problem = 12,
};

/// Codes of destination unreachable.
enum class unreachable_code : std::uint8_t {
    network = 0,
    host = 1,
    protocol = 2,
    port = 3,
    fragmentation_needed = 4,
};

/// A view of a message; the caller has at least `minimum` bytes.
class icmp4_view {
  public:
    static constexpr std::size_t minimum = 8;

    explicit constexpr icmp4_view(std::span<std::byte const> message) : at_(message.data()) {}

    constexpr icmp4_type type() const { return static_cast<icmp4_type>(at_[0]); }
    constexpr std::uint8_t code() const { return std::to_integer<std::uint8_t>(at_[1]); }
    /// Of fragmentation needed (RFC 1191 4); 0 from a router that does not know of it.
    constexpr std::uint16_t next_hop_mtu() const { return load_be16(at_ + 6); }
    /// RFC 1122 3.2.2: an error about an error is never sent.
    constexpr bool is_error() const {
        switch (type()) {
            case icmp4_type::destination_unreachable:
            case icmp4_type::source_quench:
            case icmp4_type::redirect:
            case icmp4_type::time_exceeded:
            case icmp4_type::parameter_problem:
                return true;
            default:
                return false;
        }
    }

  private:
    std::byte const* at_;
};

}  // namespace stack::wire
