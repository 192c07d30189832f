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
    while (chunks_ * chunk_size < end) {
        std::uint32_t const chunk = pool.allocate();
        (chunks_ == 0 ? first_ : pool.next(last_)) = chunk;
        last_ = chunk;
        ++chunks_;
    }
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

fragments byte_queue::gather(chunk_pool const& pool, std::uint32_t offset,
                             std::uint32_t length) const {
    fragments pieces;
    if (length == 0) return pieces;
    std::uint32_t at = begin_ + offset;
    std::uint32_t chunk = chunk_at(pool, at / chunk_size);
    while (length > 0 && !pieces.full()) {
        std::uint32_t const count = std::min(length, chunk_size - at % chunk_size);
        pieces.push_back(pool.bytes(chunk).subspan(at % chunk_size, count));
        length -= count;
        at += count;
        chunk = pool.next(chunk);
    }
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
