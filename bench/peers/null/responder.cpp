#include "responder.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/tun/vnet_header.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <sys/uio.h>

namespace peers {
namespace {

using stack::load_be16;
using stack::load_be32;
using stack::store_be16;
using stack::store_be32;

constexpr std::uint8_t fin = 1, syn = 2, rst = 4, psh = 8, ack = 16;
constexpr std::size_t ip_header = 20, tcp_header = 20, syn_options = 8;
constexpr std::uint16_t segment_size = 1460;
/// Segments of a super-segment: as many as 64 KiB hold.
constexpr std::uint32_t super_segments = 44;
/// The harness's client announces a window scale of 10 or more.
constexpr unsigned client_scale = 10;
constexpr std::uint64_t largest_window = 4 << 20;

std::uint32_t sum_of(std::span<std::byte const> bytes, std::uint32_t sum) {
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
        sum += load_be16(bytes.data() + i);
    if (bytes.size() % 2 != 0) sum += std::to_integer<std::uint32_t>(bytes.back()) << 8;
    return (sum & 0xffff) + (sum >> 16);
}

std::uint16_t checksum(std::uint32_t sum) {
    while (sum >> 16 != 0)
        sum = (sum & 0xffff) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
}

}  // namespace

struct responder::segment {
    explicit segment(std::span<std::byte const> packet)
        : ip(packet.data()),
          tcp(ip + (std::to_integer<std::size_t>(ip[0]) & 15) * 4),
          sequence(load_be32(tcp + 4)),
          acknowledgement(load_be32(tcp + 8)),
          flags(std::to_integer<std::uint8_t>(tcp[13])) {
        auto const text = tcp + (std::to_integer<std::size_t>(tcp[12]) >> 4) * 4;
        data = packet.subspan(static_cast<std::size_t>(text - ip));
    }
    std::uint32_t end() const { return sequence + static_cast<std::uint32_t>(data.size()); }
    std::uint64_t client() const {
        return std::uint64_t{load_be32(ip + 12)} << 16 | load_be16(tcp);
    }

    std::byte const* ip;
    std::byte const* tcp;
    std::uint32_t sequence;
    std::uint32_t acknowledgement;
    std::uint8_t flags;
    std::span<std::byte const> data;
};

responder::responder(int tun, bool offloads)
    : tun_(tun), offloads_(offloads), characters_(65536, std::byte{'c'}) {}

void responder::answer(std::span<std::byte const> packet) {
    if (packet.size() < ip_header + tcp_header || std::to_integer<int>(packet[0]) >> 4 != 4 ||
        std::to_integer<int>(packet[9]) != 6)
        return;
    segment const in(packet);
    auto const port = load_be16(in.tcp + 2);
    if ((in.flags & rst) != 0)
        streams_.erase(in.client());
    else if ((in.flags & syn) != 0)
        send(in, syn | ack, 1000, in.sequence + 1, {});
    else if ((in.flags & fin) != 0)
        send(in, fin | ack, in.acknowledgement, in.end() + 1, {});
    else if (port == 9 && !in.data.empty())
        send(in, ack, in.acknowledgement, in.end(), {});
    else if (port == 7 && !in.data.empty())
        send(in, ack | psh, in.acknowledgement, in.end(), in.data);
    else if (port == 19)
        generate(in);
}

void responder::generate(segment const& in) {
    auto& out = streams_.try_emplace(in.client(), stream{in.acknowledgement, in.acknowledgement})
                    .first->second;
    if (static_cast<std::int32_t>(in.acknowledgement - out.acknowledged) > 0)
        out.acknowledged = in.acknowledgement;
    if (static_cast<std::int32_t>(out.next - out.acknowledged) < 0) out.next = out.acknowledged;
    auto const window =
        std::min(std::uint64_t{load_be16(in.tcp + 14)} << client_scale, largest_window);
    std::uint32_t const size = offloads_ ? segment_size * super_segments : segment_size;
    for (int burst = 0; burst < 64 && out.next + size - out.acknowledged <= window; ++burst) {
        send(in, ack, out.next, in.end(), std::span(characters_).first(size));
        out.next += size;
    }
}

void responder::send(segment const& in, std::uint8_t flags, std::uint32_t sequence,
                     std::uint32_t acknowledgement, std::span<std::byte const> data) {
    bool const opens = (flags & syn) != 0;
    std::size_t const transport = opens ? tcp_header + syn_options : tcp_header;
    std::array<std::byte, ip_header + tcp_header + syn_options> headers{};
    auto* const ip = headers.data();
    auto* const tcp = ip + ip_header;
    ip[0] = std::byte{0x45};
    store_be16(ip + 2, static_cast<std::uint16_t>(ip_header + transport + data.size()));
    ip[6] = std::byte{0x40};  // don't fragment
    ip[8] = std::byte{64};
    ip[9] = std::byte{6};
    std::memcpy(ip + 12, in.ip + 16, 4);
    std::memcpy(ip + 16, in.ip + 12, 4);
    store_be16(ip + 10, checksum(sum_of({ip, ip_header}, 0)));
    std::memcpy(tcp, in.tcp + 2, 2);
    std::memcpy(tcp + 2, in.tcp, 2);
    store_be32(tcp + 4, sequence);
    store_be32(tcp + 8, acknowledgement);
    tcp[12] = static_cast<std::byte>(transport << 2);
    tcp[13] = std::byte{flags};
    store_be16(tcp + 14, 65535);
    if (opens) {  // segment size, window scale 8
        store_be32(tcp + 20, 0x02040000U | segment_size);
        store_be32(tcp + 24, 0x01030308U);
    }
    stack::tun::vnet_header offload;
    if (offloads_) {
        offload.flags = stack::tun::vnet_header::needs_checksum;
        offload.checksum_start = ip_header;
        offload.checksum_offset = 16;
        if (data.size() > segment_size) {
            offload.gso_type = stack::tun::vnet_header::gso_tcp4;
            offload.gso_size = segment_size;
            offload.header_length = static_cast<std::uint16_t>(ip_header + transport);
        }
    } else {
        auto const pseudo =
            sum_of({ip + 12, 8}, static_cast<std::uint32_t>(6 + transport + data.size()));
        auto const sum = checksum(sum_of(data, sum_of({tcp, transport}, pseudo)));
        store_be16(tcp + 16, sum);
    }
    std::array<iovec, 3> const pieces{{{&offload, sizeof offload},
                                       {ip, ip_header + transport},
                                       {const_cast<std::byte*>(data.data()), data.size()}}};
    // What the device does not take is lost, as on any network.
    [[maybe_unused]] auto const written =
        offloads_ ? writev(tun_, pieces.data(), 3) : writev(tun_, pieces.data() + 1, 2);
}

}  // namespace peers
