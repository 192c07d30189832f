#include "stack/ip/fragmentation.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/wire/ipv4.hpp"
#include "stack/wire/ipv6.hpp"
#include "stack/wire/ipv6_extension.hpp"

#include <algorithm>

namespace stack::ip {
namespace {

/// Hands each piece of `length` bytes to cut(offset, count, last); all but the last have `most`
/// bytes, rounded down to a multiple of 8.
template <class Cut>
void each_piece(std::size_t length, std::size_t most, Cut&& cut) {
    std::size_t const step = most / 8 * 8;
    for (std::size_t offset = 0; offset < length; offset += step) {
        std::size_t const count = std::min(step, length - offset);
        cut(offset, count, offset + count == length);
    }
}

void append(fragments& to, fragments const& pieces) {
    for (auto piece : pieces)
        to.push_back(piece);
}

/// The header of pieces but the first: options with the copied flag, padded with "end of options".
std::span<std::byte> copied_header(std::span<std::byte const> header,
                                   std::array<std::byte, 60>& out) {
    constexpr unsigned end_of_options = 0;
    constexpr unsigned no_operation = 1;
    constexpr unsigned copied = 0x80;
    std::copy_n(header.begin(), wire::ipv4_view::minimum, out.begin());
    std::size_t length = wire::ipv4_view::minimum;
    auto left = header.subspan(wire::ipv4_view::minimum);
    while (!left.empty()) {
        auto const option = std::to_integer<unsigned>(left[0]);
        if (option == end_of_options) break;
        if (option == no_operation) {
            left = left.subspan(1);
            continue;
        }
        std::size_t const size = left.size() < 2 ? 0 : std::to_integer<std::size_t>(left[1]);
        if (size < 2 || size > left.size()) break;
        if ((option & copied) != 0) {
            std::copy_n(left.begin(), size, out.begin() + static_cast<std::ptrdiff_t>(length));
            length += size;
        }
        left = left.subspan(size);
    }
    while (length % 4 != 0)
        out[length++] = std::byte{end_of_options};
    out[0] = static_cast<std::byte>(0x40 | length / 4);
    return std::span(out).first(length);
}

}  // namespace

void cut_v4(std::span<std::byte const> header, fragments const& payload, std::uint16_t mtu,
            fragment_taker const& take) {
    std::array<std::byte, 60> whole_buffer;
    std::array<std::byte, 60> copied_buffer;
    std::copy(header.begin(), header.end(), whole_buffer.begin());
    auto const whole = std::span(whole_buffer).first(header.size());
    auto const copied = copied_header(header, copied_buffer);
    wire::ipv4_view const ip(header);
    std::uint32_t const base = ip.fragment_offset();
    bool const more_behind = ip.more_fragments();
    each_piece(payload.bytes(), mtu - header.size(),
               [&](std::size_t offset, std::size_t count, bool last) {
                   auto const own = offset == 0 ? whole : copied;
                   wire::set_fragment(own, own.size() + count,
                                      base + static_cast<std::uint32_t>(offset),
                                      more_behind || !last);
                   fragments out;
                   out.push_back(own);
                   append(out, payload.part(offset, count));
                   take(out);
               });
}

void cut_v6(std::span<std::byte const> header, std::uint32_t identification,
            fragments const& payload, std::uint16_t mtu, fragment_taker const& take) {
    constexpr std::size_t ip = wire::ipv6_view::minimum;
    std::array<std::byte, ip + wire::fragment_header_length> own{};
    std::copy_n(header.begin(), ip, own.begin());
    own[ip] = header[wire::ipv6_view::next_header_offset];
    own[wire::ipv6_view::next_header_offset] = static_cast<std::byte>(wire::protocol::fragment);
    store_be32(own.data() + ip + 4, identification);
    each_piece(
        payload.bytes(), mtu - own.size(), [&](std::size_t offset, std::size_t count, bool last) {
            store_be16(own.data() + 4,
                       static_cast<std::uint16_t>(wire::fragment_header_length + count));
            store_be16(own.data() + ip + 2, static_cast<std::uint16_t>(offset | (last ? 0U : 1U)));
            fragments out;
            out.push_back(own);
            append(out, payload.part(offset, count));
            take(out);
        });
}

}  // namespace stack::ip
