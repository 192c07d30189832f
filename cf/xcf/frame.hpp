// The frames that stacks of one machine send each other, and how they are checked.
#pragma once

#include <boost/system/result.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace cf::xcf {

/// The first frame of each side: who speaks.
struct hello {
    std::string sysplex;  ///< with XCFGRPID, if there is one; 1..31 characters
    std::string stack;    ///< 1..15 characters
    std::uint16_t slot = 0;
    std::uint32_t incarnation = 0;
    friend bool operator==(hello const&, hello const&) = default;
};

/// A message between daemons; its kinds and contents are theirs.
struct control {
    std::uint16_t kind = 0;
    std::span<std::byte const> contents;  ///< at most max_control bytes; points into the frame
};

struct notice_endpoint {
    std::array<std::uint8_t, 16> host{};
    std::uint16_t port = 0;
    friend bool operator==(notice_endpoint const&, notice_endpoint const&) = default;
};

/// About one connection or listener: CONN-NEW and the like. `what` is the sender's code, checked by
/// the receiver.
struct notice {
    std::uint8_t what = 0;
    notice_endpoint local;
    notice_endpoint remote;
    friend bool operator==(notice const&, notice const&) = default;
};

/// What goes with a packet: a virtio_net_hdr in our words. Its agreement with the packet is checked
/// by the receiver's stack.
struct packet_header {
    enum class segmentation : std::uint8_t { none = 0, tcp4 = 1, tcp6 = 2 };
    segmentation kind = segmentation::none;
    std::uint16_t gso_size = 0;
    bool checksum_partial = false;
    std::uint16_t checksum_start = 0;
    std::uint16_t checksum_offset = 0;
    friend bool operator==(packet_header const&, packet_header const&) = default;
};

struct packet {
    packet_header header;
    std::span<std::byte const> bytes;  ///< one IP packet; points into the frame
};

using frame = std::variant<hello, control, notice, packet>;

inline constexpr std::size_t max_control = 65536;
/// An IPv6 packet whose payload length is 65535.
inline constexpr std::size_t max_packet = 65575;
inline constexpr std::size_t packet_prefix_size = 10;
inline constexpr std::size_t max_frame = max_packet + packet_prefix_size;

/// Why a frame was not understood; a constant text.
using frame_error = char const*;

/// Reads a frame; everything in it is checked: type, lengths, counts, flags, and that a packet is
/// one whole IP packet.
boost::system::result<frame, frame_error> decode(std::span<std::byte const> bytes);

std::vector<std::byte> encode(hello const& what);
std::vector<std::byte> encode(control const& what);
std::vector<std::byte> encode(notice const& what);
/// What stands before the IP packet in its frame.
std::array<std::byte, packet_prefix_size> encode(packet_header const& what);

}  // namespace cf::xcf
