// Packets on their way from one shard of a stack to another.
#pragma once

#include "stack/packet/offload.hpp"
#include "stack/shard/member.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>

namespace stack {

/// A ring of bytes with one thread that posts and one that takes, without a lock. What does not fit
/// is lost, as on any wire.
class mailbox {
  public:
    static constexpr std::size_t default_capacity = std::size_t{1} << 20;

    /// `capacity` in bytes, a multiple of 8.
    explicit mailbox(std::size_t capacity = default_capacity)
        : capacity_(capacity), ring_(std::make_unique<std::byte[]>(capacity)) {}

    /// Copies a packet, which `from` has sent here if that is valid; false if it does not fit.
    bool post(member_id from, std::span<std::byte const> packet, offload const& meta) {
        std::size_t const length = padded(sizeof(label) + packet.size());
        std::size_t const written = written_.load(std::memory_order_relaxed);
        std::size_t const free = capacity_ - (written - taken_.load(std::memory_order_acquire));
        std::size_t const place = written % capacity_;
        // A packet lies in one piece: what is left of the ring's end is skipped if it is too short.
        std::size_t const skipped = capacity_ - place < length ? capacity_ - place : 0;
        if (free < skipped + length) return false;
        if (skipped != 0) std::memcpy(ring_.get() + place, &skip, sizeof(skip));
        label const head{static_cast<std::uint32_t>(packet.size()), from, meta};
        std::byte* const to = ring_.get() + (skipped == 0 ? place : 0);
        std::memcpy(to, &head, sizeof(head));
        if (!packet.empty()) std::memcpy(to + sizeof(head), packet.data(), packet.size());
        written_.store(written + skipped + length, std::memory_order_release);
        return true;
    }

    /// take(member_id from, std::span<std::byte const> packet, offload const& meta), the oldest
    /// first, for at most `limit` packets; the bytes are valid during the call. Returns how many
    /// there were.
    template <class Take>
    std::size_t drain(std::size_t limit, Take&& take) {
        std::size_t taken = taken_.load(std::memory_order_relaxed);
        std::size_t const written = written_.load(std::memory_order_acquire);
        std::size_t count = 0;
        while (count < limit && taken != written) {
            std::byte const* const at = ring_.get() + taken % capacity_;
            std::uint32_t size = 0;
            std::memcpy(&size, at, sizeof(size));
            if (size == skip) {
                taken += capacity_ - taken % capacity_;
                continue;
            }
            label head;
            std::memcpy(&head, at, sizeof(head));
            take(head.from, std::span(at + sizeof(head), size), head.meta);
            taken += padded(sizeof(head) + size);
            taken_.store(taken, std::memory_order_release);
            ++count;
        }
        return count;
    }

  private:
    struct label {
        std::uint32_t size = 0;
        member_id from;
        offload meta;
    };
    static constexpr std::uint32_t skip = 0xffffffff;  // instead of a size: go on at the beginning

    static constexpr std::size_t padded(std::size_t length) { return (length + 7) / 8 * 8; }

    std::size_t const capacity_;
    std::unique_ptr<std::byte[]> const ring_;
    // Bytes ever written and taken; apart, since each belongs to another thread.
    alignas(64) std::atomic<std::size_t> written_ = 0;
    alignas(64) std::atomic<std::size_t> taken_ = 0;
};

}  // namespace stack
