// Datagrams that wait for the user of a socket.
#pragma once

#include "stack/packet/byte_queue.hpp"
#include "stack/packet/chunk_pool.hpp"
#include "stack/packet/fragments.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace stack::udp {

/// A datagram where it lies in its queue.
struct received_datagram {
    endpoint source;  ///< port 0: its sender wants no answer
    address local;    ///< what it was sent to (RFC 1122 4.1.3.5)
    fragments payload;
};

/// First in, first out. A plain value; the chunks are the pool's, so clear() must come before it
/// goes.
class datagram_queue {
  public:
    bool empty() const { return count_ == 0; }
    std::uint32_t count() const { return count_; }
    /// Bytes that wait, with 8 for each datagram's header, so that empty ones are not for free.
    std::uint32_t size() const { return size_; }

    /// False, and nothing is kept, if the queue would be longer than `limit`.
    bool push(chunk_pool& pool, endpoint const& source, address const& local,
              std::span<std::byte const> payload, std::uint32_t limit);
    /// The oldest, valid until the next call that changes the queue. There must be one.
    received_datagram front(chunk_pool const& pool) const;
    void pop(chunk_pool& pool);
    void clear(chunk_pool& pool);

  private:
    struct record {
        endpoint source;
        address local;
        std::uint32_t length = 0;
    };
    record read_record(chunk_pool const& pool) const;
    void append(chunk_pool& pool, std::span<std::byte const> bytes);

    byte_queue bytes_;  // a record and its payload, again and again
    std::uint32_t count_ = 0;
    std::uint32_t size_ = 0;
};

}  // namespace stack::udp
