// Memory for queued data, in chunks of one size that are named by number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace stack {

/// Grows by blocks of chunks and keeps them; a chunk has a link so that its user needs no list of
/// its own.
class chunk_pool {
  public:
    /// A super-segment of 64 KiB lies in at most 5 chunks of a queue, within the 8 places of
    /// `fragments`.
    static constexpr std::uint32_t chunk_size = 16 * 1024;
    static constexpr std::uint32_t none = 0xffffffff;

    std::uint32_t allocate() {
        if (free_ == none) grow();
        std::uint32_t const chunk = free_;
        free_ = next_[chunk];
        next_[chunk] = none;
        ++used_;
        return chunk;
    }
    void release(std::uint32_t chunk) {
        next_[chunk] = free_;
        free_ = chunk;
        --used_;
    }
    std::uint32_t& next(std::uint32_t chunk) { return next_[chunk]; }
    std::uint32_t next(std::uint32_t chunk) const { return next_[chunk]; }
    std::span<std::byte> bytes(std::uint32_t chunk) {
        return {blocks_[chunk / block_size].get() + std::size_t{chunk % block_size} * chunk_size,
                chunk_size};
    }
    std::span<std::byte const> bytes(std::uint32_t chunk) const {
        return {blocks_[chunk / block_size].get() + std::size_t{chunk % block_size} * chunk_size,
                chunk_size};
    }
    /// Chunks allocated and not released.
    std::size_t used() const { return used_; }

  private:
    static constexpr std::uint32_t block_size = 16;

    void grow() {
        auto const first = static_cast<std::uint32_t>(next_.size());
        // Left uninitialised: nobody reads what he has not written, and zeroes would touch every
        // page.
        blocks_.emplace_back(new std::byte[std::size_t{block_size} * chunk_size]);
        next_.resize(next_.size() + block_size);
        for (std::uint32_t i = block_size; i-- > 0;) {
            next_[first + i] = free_;
            free_ = first + i;
        }
    }

    std::vector<std::unique_ptr<std::byte[]>> blocks_;
    std::vector<std::uint32_t> next_;
    std::uint32_t free_ = none;
    std::size_t used_ = 0;
};

}  // namespace stack
