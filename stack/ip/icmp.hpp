// ICMP of one stack, for both families: answers echoes, tells senders what went wrong with their
// packets, and reads what others say about ours.
#pragma once

#include "stack/core/time.hpp"
#include "stack/ip/counters.hpp"
#include "stack/ip/input.hpp"
#include "stack/ip/output.hpp"
#include "stack/ip/problem.hpp"
#include "stack/ip/token_bucket.hpp"
#include "stack/tcp/engine.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace stack::ip {

/// What an error that quotes a packet of ours says of it.
struct quoted_segment {
    enum class kind : std::uint8_t { tcp, udp, tunnel };
    kind of = kind::tcp;
    four_tuple tuple;            ///< local is the quoted packet's sender; no ports of a tunnel
    std::uint32_t sequence = 0;  ///< of TCP
    /// Nothing: it was too big for `mtu`, the next hop's or the next plateau (RFC 1191 7.1).
    std::optional<tcp::unreachable_kind> unreachable;
    std::uint16_t mtu = 0;
};

/// Reads the packet that an ICMP error quotes and what the error means for its sender. Nothing if
/// it is about neither TCP nor UDP nor a tunnel, or not an error that concerns those; `why` then
/// says so.
std::optional<quoted_segment> read_quote(inbound const& error, drop_reason& why);

class icmp {
  public:
    /// Errors a second, and at once, of both families together (RFC 1812 4.3.2.8, RFC 4443 2.4 f).
    static constexpr unsigned error_rate = 100;
    static constexpr unsigned error_burst = 50;

    icmp(output& out, counters& counts) : out_(out), counts_(counts) {}

    /// A message of the family's ICMP. Answers an echo request; hands back what concerns a
    /// connection or a UDP socket. Everything else is counted; redirects, too, change nothing.
    std::optional<quoted_segment> input(inbound const& packet);

    /// Tells the source of `packet`, from `here`, unless the rules or the rate limit forbid it.
    void report(inbound const& packet, address const& here, problem const& what, instant now);

  private:
    void answer_echo(inbound const& packet, std::uint8_t reply);

    output& out_;
    counters& counts_;
    token_bucket limit_{error_rate, error_burst};
};

}  // namespace stack::ip
