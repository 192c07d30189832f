#include "stack/udp/datagram_queue.hpp"

#include "stack/wire/udp.hpp"

#include <cstring>
#include <type_traits>

namespace stack::udp {
namespace {

std::uint32_t charge(std::size_t payload) {
    return static_cast<std::uint32_t>(wire::udp_header_length + payload);
}

}  // namespace

bool datagram_queue::push(chunk_pool& pool, endpoint const& source, address const& local,
                          std::span<std::byte const> payload, std::uint32_t limit) {
    if (charge(payload.size()) > limit || size_ > limit - charge(payload.size())) return false;
    record const head{source, local, static_cast<std::uint32_t>(payload.size())};
    append(pool, std::as_bytes(std::span(&head, 1)));
    append(pool, payload);
    size_ += charge(payload.size());
    ++count_;
    return true;
}

received_datagram datagram_queue::front(chunk_pool const& pool) const {
    auto const head = read_record(pool);
    return {head.source, head.local, bytes_.gather(pool, sizeof(record), head.length)};
}

void datagram_queue::pop(chunk_pool& pool) {
    auto const length = read_record(pool).length;
    size_ -= charge(length);
    // An empty queue holds no memory.
    if (--count_ == 0)
        bytes_.clear(pool);
    else
        bytes_.drop(pool, static_cast<std::uint32_t>(sizeof(record)) + length);
}

void datagram_queue::clear(chunk_pool& pool) {
    bytes_.clear(pool);
    *this = {};
}

datagram_queue::record datagram_queue::read_record(chunk_pool const& pool) const {
    static_assert(std::is_trivially_copyable_v<record>);
    std::byte raw[sizeof(record)];
    std::size_t at = 0;
    for (auto piece : bytes_.gather(pool, 0, sizeof(record))) {
        std::memcpy(raw + at, piece.data(), piece.size());
        at += piece.size();
    }
    record out;
    std::memcpy(&out, raw, sizeof out);
    return out;
}

void datagram_queue::append(chunk_pool& pool, std::span<std::byte const> bytes) {
    bytes_.write_ahead(pool, 0, bytes);
    bytes_.extend(static_cast<std::uint32_t>(bytes.size()));
}

}  // namespace stack::udp
