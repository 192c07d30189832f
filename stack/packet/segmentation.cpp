#include "stack/packet/segmentation.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/tun/offload_check.hpp"
#include "stack/wire/checksum.hpp"
#include "stack/wire/ipv4.hpp"
#include "stack/wire/ipv6.hpp"
#include "stack/wire/pseudo_header.hpp"

#include <algorithm>
#include <array>

namespace stack {
namespace {

constexpr std::byte flag_fin{0x01};
constexpr std::byte flag_psh{0x08};
constexpr std::byte flag_cwr{0x80};

using header_buffer = std::array<std::byte, 120>;  // the longest IPv4 and TCP headers

/// Length, identification and checksum of an IPv4 header.
void renew_ipv4(std::span<std::byte> header, std::uint16_t index, std::size_t length) {
    std::byte* const ip = header.data();
    store_be16(ip + 2, static_cast<std::uint16_t>(length));
    store_be16(ip + 4, static_cast<std::uint16_t>(load_be16(ip + 4) + index));
    store_be16(ip + 10, 0);
    wire::checksum sum;
    sum.add(header);
    store_be16(ip + 10, sum.value());
}

wire::checksum pseudo_header_of(std::span<std::byte const> packet, std::size_t tcp_length) {
    auto const sum = [&](auto const& ip) {
        return wire::pseudo_header(ip.source(), ip.destination(), wire::protocol::tcp,
                                   static_cast<std::uint16_t>(tcp_length));
    };
    wire::ipv4_view const v4(packet);
    return v4.version() == 4 ? sum(v4) : sum(wire::ipv6_view(packet));
}

/// The headers of the segment at `offset` of the super-segment's payload.
void write_headers(std::span<std::byte> headers, std::size_t ip_length, std::uint16_t index,
                   std::size_t offset, std::span<std::byte const> payload, bool last) {
    std::byte* const ip = headers.data();
    std::byte* const tcp = ip + ip_length;
    std::size_t const tcp_length = headers.size() - ip_length + payload.size();
    if (wire::ipv4_view(headers).version() == 4)
        renew_ipv4(headers.first(ip_length), index, ip_length + tcp_length);
    else
        store_be16(ip + 4, static_cast<std::uint16_t>(tcp_length));

    store_be32(tcp + 4, load_be32(tcp + 4) + static_cast<std::uint32_t>(offset));
    if (!last) tcp[13] &= ~(flag_fin | flag_psh);
    if (index != 0) tcp[13] &= ~flag_cwr;
    store_be16(tcp + 16, 0);
    auto sum = pseudo_header_of(headers, tcp_length);
    sum.add(headers.subspan(ip_length));
    sum.add(payload);
    store_be16(tcp + 16, sum.value());
}

}  // namespace

void complete_checksum(std::span<std::byte> packet, offload const& meta) {
    // The field already holds the pseudo-header sum, so it is summed along with the rest (RFC
    // 1071).
    wire::checksum sum;
    sum.add(packet.subspan(meta.checksum_start));
    std::uint16_t value = sum.value();
    // RFC 768: a computed zero is sent as all ones; the field at offset 6 is UDP's.
    if (value == 0 && meta.checksum_offset == 6) value = 0xffff;
    store_be16(packet.data() + meta.checksum_start + meta.checksum_offset, value);
}

bool segmenter::split(fragments const& packet, offload const& meta, taker const& take) {
    whole_.clear();
    for (auto piece : packet)
        whole_.insert(whole_.end(), piece.begin(), piece.end());
    auto const headers = tun::measure_headers(whole_);
    if (!tun::is_sound(meta, whole_)) return false;
    if (meta.kind != offload::segmentation::none) {
        cut(meta, std::size_t{headers->ip} + headers->transport, take);
        return true;
    }
    if (meta.checksum_partial) complete_checksum(whole_, meta);
    fragments out;
    out.push_back(whole_);
    take(out);
    return true;
}

void segmenter::cut(offload const& meta, std::size_t headers, taker const& take) {
    auto const payload = std::span<std::byte const>(whole_).subspan(headers);
    std::uint16_t index = 0;
    std::size_t offset = 0;
    do {
        std::size_t const count = std::min<std::size_t>(meta.gso_size, payload.size() - offset);
        bool const last = offset + count == payload.size();
        header_buffer buffer;
        std::copy_n(whole_.begin(), headers, buffer.begin());
        auto const segment = payload.subspan(offset, count);
        write_headers(std::span(buffer).first(headers), meta.checksum_start, index, offset, segment,
                      last);
        fragments out;
        out.push_back(std::span(buffer).first(headers));
        out.push_back(segment);
        take(out);
        offset += count;
        ++index;
    } while (offset < payload.size());
}

}  // namespace stack
