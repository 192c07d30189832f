// A TCP segment as scripts write it and as bytes, coded here and not by the stack that is tested.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace packets {

struct options {
    /// RFC 7323 3; a number that is absent may be any.
    struct stamps {
        std::optional<std::uint32_t> value;
        std::optional<std::uint32_t> echo;
    };
    std::optional<std::uint16_t> mss;
    std::optional<std::uint8_t> window_scale;
    bool sack_permitted = false;
    std::optional<stamps> timestamps;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> sacks;  ///< RFC 2018 3, [left, right)
    bool others = false;                                         ///< "...": whatever else there is
};

/// Numbers are relative to the initial ones of their side, so a SYN is 0 and the first byte 1.
struct segment {
    std::string flags;  ///< letters of "SFRPUEW." in this order, '.' is ACK
    std::uint32_t seq = 0;
    std::uint32_t length = 0;  ///< of the text
    std::optional<std::uint32_t> ack;
    std::optional<std::uint16_t> window;
    std::optional<std::uint16_t> urgent;
    std::optional<std::uint8_t> ecn;  ///< of the IP header (RFC 3168 5)
    packets::options options;

    bool has(char flag) const { return flags.find(flag) != flags.npos; }
};

/// What each side's numbers are relative to.
struct origins {
    std::uint32_t seq = 0;  ///< of the sender
    std::uint32_t ack = 0;
    std::uint32_t stamp = 0;  ///< of the sender
    std::uint32_t echo = 0;
};

struct ports {
    std::uint16_t source = 0;
    std::uint16_t destination = 0;
};

/// The byte at position `seq` of any stream.
std::byte text_at(std::uint32_t seq);

/// As bytes, with the text of its position; the checksum is zero.
std::vector<std::byte> encode(segment const& s, ports const& p, origins const& from);

/// The reading of a header that the stack has written; nothing if it makes no sense.
std::optional<segment> decode(std::span<std::byte const> header, std::size_t length,
                              origins const& from);

/// "P. 1:1001(1000) ack 1 win 8192 <mss 1460>".
std::string to_string(segment const& s);

/// Whether `seen` is what a script expects; what `wanted` leaves open may be anything.
bool matches(segment const& wanted, segment const& seen);

}  // namespace packets
