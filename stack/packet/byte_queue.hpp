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
    /// Adds a chunk of someone else's memory (chunk_pool::borrow) without copying it, where the
    /// last byte is the last one of its chunk. False: it is not, and nothing has happened.
    bool append_borrowed(chunk_pool& pool,
                         std::span<std::byte const, chunk_pool::chunk_size> lasting);
    /// Bytes [offset, offset + length) of the queue, or their beginning if they lie in more places
    /// than fragments has.
    fragments gather(chunk_pool const& pool, std::uint32_t offset, std::uint32_t length) const;

    /// A chunk that gather() has found, and the position in the stream of its first byte: of bytes
    /// that are read in order, the next ones lie there or right behind.
    struct mark {
        std::uint32_t chunk = chunk_pool::none;
        std::uint32_t position = 0;
    };
    /// The same, looking from `near` on and leaving it at the last byte found. `front` is the
    /// position in the stream of the queue's first byte, counted modulo 2^32. A mark must not be
    /// kept when the queue has been empty.
    fragments gather(chunk_pool const& pool, std::uint32_t offset, std::uint32_t length,
                     std::uint32_t front, mark& near) const;
    /// Takes `count` bytes off the front.
    void drop(chunk_pool& pool, std::uint32_t count);
    /// Gives all chunks back, what was written ahead included.
    void clear(chunk_pool& pool);

  private:
    std::uint32_t chunk_at(chunk_pool const& pool, std::uint32_t number) const;
    void reach(chunk_pool& pool, std::uint32_t end);
    void link(chunk_pool& pool, std::uint32_t chunk);

    std::uint32_t first_ = chunk_pool::none;
    std::uint32_t last_ = chunk_pool::none;
    std::uint32_t chunks_ = 0;
    std::uint32_t begin_ = 0;  // of the first byte, in the first chunk
    std::uint32_t bytes_ = 0;
};

}  // namespace stack
