// A queue of bytes in chunks: appended at the end or written ahead of it, lent out as spans,
// dropped at the front.
#pragma once

#include "stack/packet/chunk_pool.hpp"
#include "stack/packet/fragments.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace stack {

/// A plain value of 20 bytes; the chunks are the pool's, so clear() must come before it goes.
/// Chunks are full but for the first one's front and the last one's end:
///
///       begin_            bytes_             written ahead (the caller knows where)
///     |........[xxxxxxxx|xxxxxxxxxxxxxxxx|xxxxx].....ahead......|
///     first_                                                last_
class byte_queue {
  public:
    std::uint32_t size() const { return bytes_; }
    bool empty() const { return bytes_ == 0; }

    /// Contiguous room right after the last byte; never empty.
    std::span<std::byte> room(chunk_pool& pool);
    /// The next `count` bytes, written before by room() or write_ahead(), now belong to the queue.
    void extend(std::uint32_t count) { bytes_ += count; }
    /// Copies `data` to `distance` bytes after the last byte without adding it to the queue.
    void write_ahead(chunk_pool& pool, std::uint32_t distance, std::span<std::byte const> data);
    /// Bytes [offset, offset + length) of the queue, or their beginning if they lie in more places
    /// than fragments has.
    fragments gather(chunk_pool const& pool, std::uint32_t offset, std::uint32_t length) const;
    /// Takes `count` bytes off the front.
    void drop(chunk_pool& pool, std::uint32_t count);
    /// Gives all chunks back, what was written ahead included.
    void clear(chunk_pool& pool);

  private:
    std::uint32_t chunk_at(chunk_pool const& pool, std::uint32_t number) const;
    void reach(chunk_pool& pool, std::uint32_t end);

    std::uint32_t first_ = chunk_pool::none;
    std::uint32_t last_ = chunk_pool::none;
    std::uint32_t chunks_ = 0;
    std::uint32_t begin_ = 0;  // of the first byte, in the first chunk
    std::uint32_t bytes_ = 0;
};

}  // namespace stack
