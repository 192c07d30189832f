#include "cf/xcf/frame.hpp"

#include "cf/xcf/byte_reader.hpp"

namespace cf::xcf {

namespace {

enum class frame_type : std::uint8_t { hello = 1, control = 2, notice = 3, packet = 4 };

constexpr std::size_t longest_sysplex = 31;
constexpr std::size_t longest_stack = 15;
constexpr std::uint16_t slots = 64;

using outcome = boost::system::result<frame, frame_error>;

outcome decode_hello(byte_reader in) {
    hello what;
    what.sysplex = in.text(longest_sysplex);
    what.stack = in.text(longest_stack);
    what.slot = in.u16();
    what.incarnation = in.u32();
    if (!in.complete()) return "hello of a wrong length";
    if (what.sysplex.empty() || what.stack.empty()) return "hello without a name";
    if (what.slot >= slots) return "hello with an impossible slot";
    return frame(std::move(what));
}

outcome decode_control(byte_reader in) {
    control what;
    what.kind = in.u16();
    what.contents = in.rest();
    if (!in.complete()) return "control message of a wrong length";
    if (what.contents.size() > max_control) return "control message too long";
    return frame(what);
}

outcome decode_notice(byte_reader in) {
    notice what;
    what.what = in.u8();
    for (auto* end : {&what.local, &what.remote}) {
        in.copy(end->host);
        end->port = in.u16();
    }
    if (!in.complete()) return "notice of a wrong length";
    return frame(what);
}

// One whole IP packet: an IPv4 total length, or an IPv6 payload length, that says what the frame's
// length says.
bool is_whole_packet(std::span<std::byte const> bytes) {
    if (bytes.size() < 20 || bytes.size() > max_packet) return false;
    auto at = [&](std::size_t i) { return std::to_integer<std::size_t>(bytes[i]); };
    if (at(0) >> 4U == 4) return (at(2) << 8U | at(3)) == bytes.size() && (at(0) & 0xfU) >= 5;
    if (at(0) >> 4U == 6) return bytes.size() >= 40 && (at(4) << 8U | at(5)) + 40 == bytes.size();
    return false;
}

outcome decode_packet(byte_reader in) {
    packet what;
    auto kind = in.u8();
    auto flags = in.u8();
    what.header.gso_size = in.u16();
    what.header.checksum_start = in.u16();
    what.header.checksum_offset = in.u16();
    in.u8();  // padding: the IP packet begins at an even offset
    what.bytes = in.rest();
    if (!in.complete() || !is_whole_packet(what.bytes))
        return "packet frame without a whole IP packet";
    if (kind > 2 || flags > 1) return "packet frame with unknown offload";
    what.header.kind = static_cast<packet_header::segmentation>(kind);
    what.header.checksum_partial = flags == 1;
    if ((kind != 0) != (what.header.gso_size != 0))
        return "packet frame with a contradictory gso_size";
    auto checksum_end = std::size_t{what.header.checksum_start} + what.header.checksum_offset + 2;
    if (what.header.checksum_partial && checksum_end > what.bytes.size())
        return "packet frame with a checksum outside the packet";
    return frame(what);
}

byte_writer begin(frame_type type, std::size_t size) {
    byte_writer out(size);
    out.u8(static_cast<std::uint8_t>(type));
    return out;
}

}  // namespace

boost::system::result<frame, frame_error> decode(std::span<std::byte const> bytes) {
    byte_reader in(bytes);
    switch (static_cast<frame_type>(in.u8())) {
        case frame_type::hello:
            return decode_hello(in);
        case frame_type::control:
            return decode_control(in);
        case frame_type::notice:
            return decode_notice(in);
        case frame_type::packet:
            return decode_packet(in);
    }
    return "frame of an unknown type";
}

std::vector<std::byte> encode(hello const& what) {
    auto out = begin(frame_type::hello, 64);
    out.text(what.sysplex);
    out.text(what.stack);
    out.u16(what.slot);
    out.u32(what.incarnation);
    return std::move(out).bytes();
}

std::vector<std::byte> encode(control const& what) {
    auto out = begin(frame_type::control, 3 + what.contents.size());
    out.u16(what.kind);
    out.append(what.contents);
    return std::move(out).bytes();
}

std::vector<std::byte> encode(notice const& what) {
    auto out = begin(frame_type::notice, 38);
    out.u8(what.what);
    for (auto const* end : {&what.local, &what.remote}) {
        out.append(std::as_bytes(std::span(end->host)));
        out.u16(end->port);
    }
    return std::move(out).bytes();
}

std::array<std::byte, packet_prefix_size> encode(packet_header const& what) {
    auto const high = [](std::uint16_t number) { return static_cast<std::byte>(number >> 8U); };
    auto const low = [](std::uint16_t number) { return static_cast<std::byte>(number); };
    return {static_cast<std::byte>(frame_type::packet),
            static_cast<std::byte>(what.kind),
            std::byte{what.checksum_partial},
            high(what.gso_size),
            low(what.gso_size),
            high(what.checksum_start),
            low(what.checksum_start),
            high(what.checksum_offset),
            low(what.checksum_offset),
            std::byte{0}};
}

}  // namespace cf::xcf
