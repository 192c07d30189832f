// A packet's bytes where they lie: a short list of spans, for writev.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>

namespace stack {

/// Bytes scattered over at most `capacity` places; owns none of them.
class fragments {
  public:
    static constexpr std::size_t capacity = 8;

    void push_back(std::span<std::byte const> piece) {
        assert(count_ < capacity);
        if (!piece.empty()) pieces_[count_++] = piece;
    }
    bool full() const { return count_ == capacity; }
    std::size_t bytes() const {
        std::size_t sum = 0;
        for (auto piece : *this)
            sum += piece.size();
        return sum;
    }
    /// Bytes [offset, offset + count), which must be there.
    fragments part(std::size_t offset, std::size_t count) const {
        fragments out;
        for (auto piece : *this) {
            std::size_t const skipped = piece.size() < offset ? piece.size() : offset;
            std::size_t const left = piece.size() - skipped;
            out.push_back(piece.subspan(skipped, left < count ? left : count));
            offset -= skipped;
            count -= left < count ? left : count;
        }
        return out;
    }
    std::size_t size() const { return count_; }
    bool empty() const { return count_ == 0; }
    std::span<std::byte const> const* begin() const { return pieces_.data(); }
    std::span<std::byte const> const* end() const { return pieces_.data() + count_; }

  private:
    std::array<std::span<std::byte const>, capacity> pieces_{};
    std::uint8_t count_ = 0;
};

}  // namespace stack
