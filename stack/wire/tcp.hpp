// The TCP header and its options: a checked reading of untrusted bytes, and writing.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>

namespace stack::wire {

/// RFC 9293 3.1, in the order of the octet.
namespace tcp_flag {
inline constexpr std::uint8_t fin = 0x01;
inline constexpr std::uint8_t syn = 0x02;
inline constexpr std::uint8_t rst = 0x04;
inline constexpr std::uint8_t psh = 0x08;
inline constexpr std::uint8_t ack = 0x10;
inline constexpr std::uint8_t urg = 0x20;
inline constexpr std::uint8_t ece = 0x40;
inline constexpr std::uint8_t cwr = 0x80;
}  // namespace tcp_flag

/// Bytes a receiver holds beyond a hole: [begin, end), RFC 2018 3.
struct sack_block {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    friend constexpr bool operator==(sack_block const&, sack_block const&) = default;
};

/// The blocks of one SACK option, in their order; at most four fit.
class sack_blocks {
  public:
    static constexpr std::size_t capacity = 4;

    constexpr sack_blocks() = default;
    constexpr sack_blocks(std::initializer_list<sack_block> blocks) {
        for (sack_block const& block : blocks)
            push_back(block);
    }
    constexpr void push_back(sack_block const& block) {
        assert(count_ < capacity);
        blocks_[count_++] = block;
    }
    constexpr bool empty() const { return count_ == 0; }
    constexpr std::size_t size() const { return count_; }
    constexpr sack_block const* begin() const { return blocks_.data(); }
    constexpr sack_block const* end() const { return blocks_.data() + count_; }
    friend constexpr bool operator==(sack_blocks const&, sack_blocks const&) = default;

  private:
    std::array<sack_block, capacity> blocks_{};
    std::uint8_t count_ = 0;
};

/// Options as values; one that is absent, or of a wrong length, has no value.
struct tcp_options {
    struct stamp {
        std::uint32_t value = 0;
        std::uint32_t echo = 0;
        friend constexpr bool operator==(stamp const&, stamp const&) = default;
    };
    std::optional<std::uint16_t> mss;          ///< RFC 9293 3.7.1
    std::optional<std::uint8_t> window_scale;  ///< RFC 7323 2, as sent: may exceed 14
    bool sack_permitted = false;               ///< RFC 2018 2
    std::optional<stamp> timestamps;           ///< RFC 7323 3
    sack_blocks sacks;                         ///< RFC 2018 3

    friend constexpr bool operator==(tcp_options const&, tcp_options const&) = default;
};

inline constexpr std::size_t tcp_header_min = 20;
inline constexpr std::size_t tcp_header_max = 60;

struct tcp_header {
    std::uint16_t source_port = 0;
    std::uint16_t destination_port = 0;
    std::uint32_t sequence = 0;
    std::uint32_t acknowledgment = 0;
    std::uint8_t flags = 0;
    std::uint16_t window = 0;
    std::uint16_t urgent_pointer = 0;
    tcp_options options;

    bool has(std::uint8_t flag) const { return (flags & flag) != 0; }
};

/// A header and the bytes after it.
struct tcp_segment {
    tcp_header header;
    std::span<std::byte const> payload;
};

/// Nothing if `bytes` is shorter than its header or a port is zero. Options that make no sense end
/// the list of options and nothing else (RFC 9293 3.1, MUST-6, MUST-7). The checksum is not looked
/// at.
std::optional<tcp_segment> parse_tcp(std::span<std::byte const> bytes);

/// A header as it goes on the wire, checksum zero.
class tcp_header_bytes {
  public:
    explicit tcp_header_bytes(tcp_header const& header);
    std::span<std::byte const> bytes() const { return {bytes_.data(), size_}; }

  private:
    std::array<std::byte, tcp_header_max> bytes_{};
    std::size_t size_ = tcp_header_min;
};

}  // namespace stack::wire
