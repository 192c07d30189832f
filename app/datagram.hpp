// Datagrams as they travel between a program and the stack: each is one packet of a Unix
// SOCK_SEQPACKET socket, which begins with a header.
#pragma once

#include "app/error.hpp"
#include "app/message/endpoint.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace app {

/// The header's 44 bytes, numbers with the most significant byte first: kind (1 byte), zero (1),
/// error (2), lost (4), port (2), zero (2), peer (16), local (16).
inline constexpr std::size_t datagram_header_length = 44;
/// What UDP's 16-bit length leaves for the payload (RFC 768); IPv4 carries 20 bytes less.
inline constexpr std::size_t longest_datagram = 65535 - 8;

/// As in sockaddr_in6; IPv4 as ::ffff:a.b.c.d (RFC 4291 2.5.5.2). All zero: none.
using address_bytes = std::array<std::uint8_t, 16>;

struct datagram_header {
    enum class kind : std::uint8_t {
        data = 1,  ///< the payload follows
        error = 2  ///< to the program only, nothing follows
    };
    kind what = kind::data;
    /// An errno value: what ICMP said of what was sent to `peer`, or why something was not sent
    /// there. 0 with data.
    std::uint16_t error = 0;
    /// To the program, modulo 2^32: with data, how many datagrams the socket has lost since it was
    /// opened because too many waited (SO_RXQ_OVFL); with an error, how many that the program wrote
    /// were not sent. 0 from the program.
    std::uint32_t lost = 0;
    /// Who sent it, or who is to get it: none, with port 0, means whom the socket is connected to.
    address_bytes peer{};
    std::uint16_t port = 0;
    /// What it was sent to, or what is to be its source: none leaves that to the stack (IP_PKTINFO,
    /// RFC 1122 4.1.3.5).
    address_bytes local{};

    friend bool operator==(datagram_header const&, datagram_header const&) = default;
};

using datagram_header_bytes = std::array<std::byte, datagram_header_length>;
datagram_header_bytes to_bytes(datagram_header const& header);
/// The header that `packet` begins with. Nothing if it is shorter, or says what none can mean.
std::optional<datagram_header> parse_datagram_header(std::span<std::byte const> packet);

/// Dotted decimal or RFC 5952 text; an empty address if there is none.
endpoint peer_of(datagram_header const& header);
/// None for an empty address. EINVAL: it is no IP address.
result<address_bytes> parse_address(std::string const& text);

/// Writes one packet. EMSGSIZE: longer than longest_datagram; EAGAIN from a socket that does not
/// wait; ECONNRESET: the daemon has ended.
result<void> send_datagram(int socket, datagram_header const& header,
                           std::span<std::byte const> payload);

/// A packet that came: the payload is in the buffer given.
struct received_packet {
    datagram_header header;
    std::size_t length = 0;
};
/// Reads one packet. Nothing at the end: the daemon has closed its side. EMSGSIZE: `payload` is too
/// short for it, and it is gone; EPROTO: it has no header; EAGAIN from a socket that does not wait.
result<std::optional<received_packet>> receive_datagram(int socket, std::span<std::byte> payload);

}  // namespace app
