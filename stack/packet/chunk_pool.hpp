// Memory for queued data, in chunks of one size that are named by number.
#pragma once

#include <cassert>
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
        ++used_;
        return take(free_);
    }
    /// A chunk that is someone else's memory: it is only read, and stays where it is and as it is
    /// until the chunk is released. Not counted in used().
    std::uint32_t borrow(std::span<std::byte const, chunk_size> lasting) {
        if (free_borrowed_ == none) {
            free_borrowed_ = static_cast<std::uint32_t>(chunks_.size());
            chunks_.push_back({nullptr, none, true});
        }
        std::uint32_t const chunk = take(free_borrowed_);
        chunks_[chunk].place = lasting.data();
        return chunk;
    }
    void release(std::uint32_t chunk) {
        if (!chunks_[chunk].borrowed) --used_;
        std::uint32_t& list = chunks_[chunk].borrowed ? free_borrowed_ : free_;
        chunks_[chunk].next = list;
        list = chunk;
    }
    std::uint32_t& next(std::uint32_t chunk) { return chunks_[chunk].next; }
    std::uint32_t next(std::uint32_t chunk) const { return chunks_[chunk].next; }
    /// Of a chunk that is not borrowed.
    std::span<std::byte, chunk_size> bytes(std::uint32_t chunk) {
        assert(!chunks_[chunk].borrowed);
        // A chunk of a block, which is not const.
        return std::span<std::byte, chunk_size>(const_cast<std::byte*>(chunks_[chunk].place),
                                                chunk_size);
    }
    std::span<std::byte const, chunk_size> bytes(std::uint32_t chunk) const {
        return std::span<std::byte const, chunk_size>(chunks_[chunk].place, chunk_size);
    }
    /// Chunks allocated and not released.
    std::size_t used() const { return used_; }

  private:
    static constexpr std::uint32_t block_size = 16;

    struct chunk_entry {
        std::byte const* place;
        std::uint32_t next;
        bool borrowed;
    };

    std::uint32_t take(std::uint32_t& list) {
        std::uint32_t const chunk = list;
        list = chunks_[chunk].next;
        chunks_[chunk].next = none;
        return chunk;
    }

    void grow() {
        auto const first = static_cast<std::uint32_t>(chunks_.size());
        // Left uninitialised: nobody reads what he has not written, and zeroes would touch every
        // page.
        blocks_.emplace_back(new std::byte[std::size_t{block_size} * chunk_size]);
        for (std::uint32_t i = 0; i < block_size; ++i) {
            std::uint32_t const next = i + 1 < block_size ? first + i + 1 : free_;
            chunks_.push_back({blocks_.back().get() + std::size_t{i} * chunk_size, next, false});
        }
        free_ = first;
    }

    std::vector<std::unique_ptr<std::byte[]>> blocks_;
    std::vector<chunk_entry> chunks_;
    std::uint32_t free_ = none;
    std::uint32_t free_borrowed_ = none;
    std::size_t used_ = 0;
};

}  // namespace stack
