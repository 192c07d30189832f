// Reads and writes the fields of a frame or a stored value, in network byte order, within its
// bounds.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

namespace cf::xcf {

/// Reading past the end gives zeros and is remembered: check complete() once, at the end.
class byte_reader {
  public:
    explicit byte_reader(std::span<std::byte const> bytes) : bytes_(bytes) {}

    std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    std::uint64_t u64() { return number(8); }

    /// A length of one byte and that many characters, of which there may be `longest`.
    std::string text(std::size_t longest) {
        std::size_t size = u8();
        auto part = take(size <= longest ? size : bytes_.size() + 1);
        return {reinterpret_cast<char const*>(part.data()), part.size()};
    }
    template <std::size_t Size>
    void copy(std::array<std::uint8_t, Size>& to) {
        auto part = take(Size);
        if (part.size() == Size) std::memcpy(to.data(), part.data(), Size);
    }
    std::span<std::byte const> rest() { return take(bytes_.size()); }

    /// Nothing was missing and nothing is left.
    bool complete() const { return !short_ && bytes_.empty(); }

  private:
    std::span<std::byte const> take(std::size_t size) {
        short_ = short_ || size > bytes_.size();
        if (short_) return {};
        auto part = bytes_.first(size);
        bytes_ = bytes_.subspan(size);
        return part;
    }
    std::uint64_t number(std::size_t size) {
        std::uint64_t value = 0;
        for (auto byte : take(size))
            value = value << 8U | std::to_integer<std::uint64_t>(byte);
        return value;
    }

    std::span<std::byte const> bytes_;
    bool short_ = false;
};

class byte_writer {
  public:
    explicit byte_writer(std::size_t expected) { bytes_.reserve(expected); }

    void u8(std::uint8_t value) { bytes_.push_back(std::byte{value}); }
    void u16(std::uint16_t value) {
        u8(static_cast<std::uint8_t>(value >> 8U));
        u8(static_cast<std::uint8_t>(value));
    }
    void u32(std::uint32_t value) {
        u16(static_cast<std::uint16_t>(value >> 16U));
        u16(static_cast<std::uint16_t>(value));
    }
    void u64(std::uint64_t value) {
        u32(static_cast<std::uint32_t>(value >> 32U));
        u32(static_cast<std::uint32_t>(value));
    }
    /// At most 255 characters.
    void text(std::string const& value) {
        u8(static_cast<std::uint8_t>(value.size()));
        append(std::as_bytes(std::span(value)));
    }
    void append(std::span<std::byte const> part) {
        bytes_.insert(bytes_.end(), part.begin(), part.end());
    }
    std::vector<std::byte> bytes() && { return std::move(bytes_); }

  private:
    std::vector<std::byte> bytes_;
};

}  // namespace cf::xcf
