// One deadline per slab index, the earliest at hand: a 4-ary heap that knows where each index
// stands.
#pragma once

#include "stack/core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace stack {

/// Exact deadlines, O(log4 n) to move one. Users re-arm lazily: they move a deadline only when it
/// becomes earlier and look again when it goes off, so that acknowledgements cost no heap
/// operation.
class deadline_heap {
  public:
    bool empty() const { return heap_.empty(); }
    std::size_t size() const { return heap_.size(); }
    /// Of a heap that is not empty.
    instant next() const { return heap_.front().when; }
    std::uint32_t next_index() const { return heap_.front().index; }

    bool contains(std::uint32_t index) const {
        return index < position_.size() && position_[index] != nowhere;
    }
    /// Of an index that is there.
    instant deadline(std::uint32_t index) const { return heap_[position_[index]].when; }
    /// Sets or moves the deadline of `index`.
    void schedule(std::uint32_t index, instant when);
    /// Nothing happens if `index` has none.
    void cancel(std::uint32_t index);

  private:
    static constexpr std::uint32_t nowhere = 0xffffffff;
    struct node {
        instant when;
        std::uint32_t index;
    };

    void put(std::size_t at, node const& entry);
    void rise(std::size_t at, node const& entry);
    void sink(std::size_t at, node const& entry);

    std::vector<node> heap_;
    std::vector<std::uint32_t> position_;
};

}  // namespace stack
