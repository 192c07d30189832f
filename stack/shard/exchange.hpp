// The mailboxes between the shards of one stack.
#pragma once

#include "stack/shard/mailbox.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace stack {

/// One mailbox from each shard to each other. Each shard posts and drains on its own thread.
class exchange {
  public:
    explicit exchange(std::size_t shards, std::size_t capacity = mailbox::default_capacity)
        : shards_(shards), lost_(shards) {
        for (std::size_t i = 0; i < shards * shards; ++i)
            boxes_.push_back(i % (shards + 1) == 0 ? nullptr : std::make_unique<mailbox>(capacity));
    }

    std::size_t shards() const { return shards_; }

    /// Loses and counts what does not fit.
    void post(std::size_t by, std::size_t to, member_id from, std::span<std::byte const> packet,
              offload const& meta) {
        if (!boxes_[by * shards_ + to]->post(from, packet, meta))
            lost_[to].fetch_add(1, std::memory_order_relaxed);
    }

    /// mailbox::drain() of what the others have posted for `shard`, at most `limit` of each; true
    /// if there may be more.
    template <class Take>
    bool drain(std::size_t shard, std::size_t limit, Take&& take) {
        bool more = false;
        for (std::size_t by = 0; by < shards_; ++by)
            if (by != shard && boxes_[by * shards_ + shard]->drain(limit, take) == limit)
                more = true;
        return more;
    }

    /// Packets for `shard` that found its mailbox full.
    std::uint64_t lost(std::size_t shard) const {
        return lost_[shard].load(std::memory_order_relaxed);
    }

  private:
    std::size_t shards_;
    std::vector<std::unique_ptr<mailbox>> boxes_;  // [by * shards + to]
    std::vector<std::atomic<std::uint64_t>> lost_;
};

}  // namespace stack
