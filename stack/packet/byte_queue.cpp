#include "stack/packet/byte_queue.hpp"

#include <algorithm>
#include <cstring>

namespace stack {

namespace {
constexpr std::uint32_t chunk_size = chunk_pool::chunk_size;
}

std::uint32_t byte_queue::chunk_at(chunk_pool const& pool, std::uint32_t number) const {
    if (number + 1 == chunks_) return last_;
    std::uint32_t chunk = first_;
    while (number-- > 0)
        chunk = pool.next(chunk);
    return chunk;
}

// Adds chunks until position `end`, counted from the start of the first chunk, is inside.
void byte_queue::reach(chunk_pool& pool, std::uint32_t end) {
    while (chunks_ * chunk_size < end)
        link(pool, pool.allocate());
}

void byte_queue::link(chunk_pool& pool, std::uint32_t chunk) {
    (chunks_ == 0 ? first_ : pool.next(last_)) = chunk;
    last_ = chunk;
    ++chunks_;
}

bool byte_queue::append_borrowed(chunk_pool& pool, std::span<std::byte const, chunk_size> lasting) {
    if (begin_ + bytes_ != chunks_ * chunk_size) return false;
    link(pool, pool.borrow(lasting));
    bytes_ += chunk_size;
    return true;
}

std::span<std::byte> byte_queue::room(chunk_pool& pool) {
    std::uint32_t const at = begin_ + bytes_;
    reach(pool, at + 1);
    return pool.bytes(chunk_at(pool, at / chunk_size)).subspan(at % chunk_size);
}

void byte_queue::write_ahead(chunk_pool& pool, std::uint32_t distance,
                             std::span<std::byte const> data) {
    if (data.empty()) return;
    std::uint32_t at = begin_ + bytes_ + distance;
    reach(pool, at + static_cast<std::uint32_t>(data.size()));
    std::uint32_t chunk = chunk_at(pool, at / chunk_size);
    while (!data.empty()) {
        auto const place = pool.bytes(chunk).subspan(at % chunk_size);
        std::size_t const count = std::min(place.size(), data.size());
        std::memcpy(place.data(), data.data(), count);
        data = data.subspan(count);
        at += static_cast<std::uint32_t>(count);
        chunk = pool.next(chunk);
    }
}

namespace {

/// `length` bytes from place `at` of `chunk` on; leaves `chunk` and `at` at the last one.
fragments take(chunk_pool const& pool, std::uint32_t& chunk, std::uint32_t at,
               std::uint32_t length) {
    fragments pieces;
    for (;;) {
        std::uint32_t const count = std::min(length, chunk_size - at);
        pieces.push_back(pool.bytes(chunk).subspan(at, count));
        length -= count;
        if (length == 0 || pieces.full()) return pieces;
        at = 0;
        chunk = pool.next(chunk);
    }
}

}  // namespace

fragments byte_queue::gather(chunk_pool const& pool, std::uint32_t offset,
                             std::uint32_t length) const {
    if (length == 0) return {};
    std::uint32_t const at = begin_ + offset;
    std::uint32_t chunk = chunk_at(pool, at / chunk_size);
    return take(pool, chunk, at % chunk_size, length);
}

fragments byte_queue::gather(chunk_pool const& pool, std::uint32_t offset, std::uint32_t length,
                             std::uint32_t front, mark& near) const {
    if (length == 0) return {};
    std::uint32_t const at = begin_ + offset;
    std::uint32_t const start = front - begin_;  // position of the first chunk's first byte
    std::uint32_t number = (near.position - start) / chunk_size;
    // One before the first chunk, which is gone, has got a number beyond any queue's end.
    if (near.chunk == chunk_pool::none || number > at / chunk_size) {
        near.chunk = first_;
        number = 0;
    }
    for (; number < at / chunk_size; ++number)
        near.chunk = pool.next(near.chunk);
    auto const pieces = take(pool, near.chunk, at % chunk_size, length);
    auto const last = static_cast<std::uint32_t>(at + pieces.bytes() - 1);
    near.position = start + last / chunk_size * chunk_size;
    return pieces;
}

void byte_queue::drop(chunk_pool& pool, std::uint32_t count) {
    bytes_ -= count;
    begin_ += count;
    while (begin_ >= chunk_size && chunks_ > 0) {
        std::uint32_t const gone = first_;
        first_ = pool.next(gone);
        pool.release(gone);
        --chunks_;
        begin_ -= chunk_size;
    }
}

void byte_queue::clear(chunk_pool& pool) {
    while (chunks_ > 0) {
        std::uint32_t const gone = first_;
        first_ = pool.next(gone);
        pool.release(gone);
        --chunks_;
    }
    *this = {};
}

}  // namespace stack
