// Which bytes beyond a hole have arrived.
#pragma once

#include "stack/tcp/limits.hpp"
#include "stack/tcp/seq.hpp"

#include <array>
#include <cstddef>

namespace stack::tcp {

/// Disjoint ranges in order of distance from rcv_nxt, none touching another. The bytes themselves
/// lie ahead in the receive queue. A connection has one only while something is missing.
class reorder_block {
  public:
    /// Adds [begin, end), both in the receive window; false if that makes one range too many.
    bool insert(seq begin, seq end);
    /// Everything before `rcv_nxt` is here: takes away the ranges reached and returns where the
    /// next hole begins.
    seq advance(seq rcv_nxt);
    bool empty() const { return count_ == 0; }

  private:
    struct range {
        seq begin;
        seq end;
    };
    void remove(std::size_t first, std::size_t last);

    std::array<range, limits::max_holes> ranges_{};
    std::size_t count_ = 0;
};

}  // namespace stack::tcp
