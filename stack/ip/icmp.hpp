// ICMP of one stack: answers echoes, tells senders what went wrong with their packets.
#pragma once

#include "stack/core/time.hpp"
#include "stack/ip/counters.hpp"
#include "stack/ip/input.hpp"
#include "stack/ip/output.hpp"
#include "stack/ip/token_bucket.hpp"
#include "stack/wire/endpoint.hpp"
#include "stack/wire/icmp4.hpp"

#include <cstdint>
#include <optional>

namespace stack::ip {

/// A "destination unreachable" that quotes a TCP segment of ours.
struct quoted_segment {
    four_tuple tuple;  ///< local is the quoted segment's sender
    std::uint32_t sequence = 0;
    wire::unreachable_code code = wire::unreachable_code::host;
    std::uint16_t mtu =
        0;  ///< of fragmentation needed: the next hop's, or the next plateau (RFC 1191 7.1)
};

class icmp {
  public:
    /// Errors a second, and at once (RFC 1812 4.3.2.8).
    static constexpr unsigned error_rate = 100;
    static constexpr unsigned error_burst = 50;

    icmp(output& out, counters& counts) : out_(out), counts_(counts) {}

    /// Answers an echo request; hands back what concerns a connection. Everything else is counted.
    std::optional<quoted_segment> input(inbound const& packet);

    /// An error about `packet`, from `source`, unless the rules of RFC 1122 3.2.2 or the rate limit
    /// forbid it. `mtu` only with fragmentation_needed.
    void send_unreachable(inbound const& packet, address const& source, wire::unreachable_code code,
                          std::uint16_t mtu, instant now);
    /// Time to live exceeded in transit.
    void send_time_exceeded(inbound const& packet, address const& source, instant now);

  private:
    void send_error(inbound const& packet, address const& source, wire::icmp4_type type,
                    std::uint8_t code, std::uint32_t rest, instant now);
    std::optional<quoted_segment> quoted(inbound const& packet);

    output& out_;
    counters& counts_;
    token_bucket limit_{error_rate, error_burst};
};

}  // namespace stack::ip
