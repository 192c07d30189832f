#include "run/segment.hpp"

#include <string_view>

namespace packets {

namespace {

constexpr std::string_view letters = "SFRPUEW.";
constexpr std::uint8_t bits[] = {0x02, 0x01, 0x04, 0x08, 0x20, 0x40, 0x80, 0x10};
constexpr std::size_t fixed = 20;

enum : std::uint8_t { end, nop, mss, window_scale, sack_permitted, sack, timestamps = 8 };

class writer {
  public:
    void put_8(std::size_t value) { bytes.push_back(static_cast<std::byte>(value)); }
    void put_16(std::size_t value) {
        put_8(value >> 8U & 0xff);
        put_8(value & 0xff);
    }
    void put_32(std::size_t value) {
        put_16(value >> 16U & 0xffff);
        put_16(value & 0xffff);
    }
    std::vector<std::byte> bytes;
};

std::uint32_t load(std::span<std::byte const> bytes, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value = value << 8U | std::to_integer<std::uint32_t>(bytes[at + i]);
    return value;
}

void put_options(writer& out, options const& o, origins const& from) {
    if (o.mss) {
        out.put_16(mss << 8U | 4);
        out.put_16(*o.mss);
    }
    if (o.sack_permitted) out.put_16(sack_permitted << 8U | 2);
    if (o.timestamps) {
        out.put_16(timestamps << 8U | 10);
        out.put_32(o.timestamps->value.value_or(0) + from.stamp);
        // An echo of nothing is 0 on the wire.
        bool const answers = o.timestamps->echo.value_or(0) != 0 || from.echo != 0;
        out.put_32(answers ? o.timestamps->echo.value_or(0) + from.echo : 0);
    }
    if (o.window_scale) {
        out.put_16(window_scale << 8U | 3);
        out.put_8(*o.window_scale);
    }
    if (!o.sacks.empty()) {
        out.put_16(sack << 8U | (2 + 8 * o.sacks.size()));
        for (auto const& [left, right] : o.sacks) {
            out.put_32(left + from.ack);
            out.put_32(right + from.ack);
        }
    }
    while (out.bytes.size() % 4 != 0)
        out.put_8(nop);
}

// `value` is the option without kind and length.
bool take_option(options& o, std::uint8_t kind, std::span<std::byte const> value,
                 origins const& from) {
    if (kind == mss && value.size() == 2)
        o.mss = static_cast<std::uint16_t>(load(value, 0, 2));
    else if (kind == window_scale && value.size() == 1)
        o.window_scale = static_cast<std::uint8_t>(load(value, 0, 1));
    else if (kind == sack_permitted && value.empty())
        o.sack_permitted = true;
    else if (kind == timestamps && value.size() == 8)
        o.timestamps = {load(value, 0, 4) - from.stamp, load(value, 4, 4) - from.echo};
    else if (kind == sack && value.size() % 8 == 0)
        for (std::size_t at = 0; at < value.size(); at += 8)
            o.sacks.emplace_back(load(value, at, 4) - from.ack, load(value, at + 4, 4) - from.ack);
    else
        return false;
    return true;
}

bool take_options(options& o, std::span<std::byte const> bytes, origins const& from) {
    while (!bytes.empty()) {
        auto const kind = std::to_integer<std::uint8_t>(bytes[0]);
        if (kind == end) return true;
        if (kind == nop) {
            bytes = bytes.subspan(1);
            continue;
        }
        if (bytes.size() < 2) return false;
        auto const length = std::to_integer<std::size_t>(bytes[1]);
        if (length < 2 || length > bytes.size()) return false;
        if (!take_option(o, kind, bytes.subspan(2, length - 2), from)) return false;
        bytes = bytes.subspan(length);
    }
    return true;
}

}  // namespace

std::byte text_at(std::uint32_t seq) {
    return static_cast<std::byte>(seq * 0x9e3779b9U >> 24U);
}

std::vector<std::byte> encode(segment const& s, ports const& p, origins const& from) {
    writer extra;
    put_options(extra, s.options, from);
    std::size_t flags = 0;
    for (std::size_t i = 0; i < letters.size(); ++i)
        if (s.has(letters[i])) flags |= bits[i];
    writer out;
    out.put_16(p.source);
    out.put_16(p.destination);
    out.put_32(s.seq + from.seq);
    out.put_32(s.ack ? *s.ack + from.ack : 0);
    out.put_16((fixed + extra.bytes.size()) / 4 << 12U | flags);
    out.put_16(s.window.value_or(0));
    out.put_16(0);
    out.put_16(s.urgent.value_or(0));
    out.bytes.insert(out.bytes.end(), extra.bytes.begin(), extra.bytes.end());
    for (std::uint32_t i = 0; i < s.length; ++i)
        out.bytes.push_back(text_at(s.seq + i));
    return out.bytes;
}

std::optional<segment> decode(std::span<std::byte const> header, std::size_t length,
                              origins const& from) {
    if (header.size() < fixed || header.size() != load(header, 12, 1) / 16 * 4) return std::nullopt;
    segment s;
    std::uint32_t const flags = load(header, 13, 1);
    for (std::size_t i = 0; i < letters.size(); ++i)
        if ((flags & bits[i]) != 0) s.flags += letters[i];
    s.seq = load(header, 4, 4) - from.seq;
    s.length = static_cast<std::uint32_t>(length);
    if (s.has('.')) s.ack = load(header, 8, 4) - from.ack;
    s.window = static_cast<std::uint16_t>(load(header, 14, 2));
    if (s.has('U')) s.urgent = static_cast<std::uint16_t>(load(header, 18, 2));
    if (!take_options(s.options, header.subspan(fixed), from)) return std::nullopt;
    return s;
}

}  // namespace packets
