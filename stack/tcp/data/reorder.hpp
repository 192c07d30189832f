// Which bytes beyond a hole have arrived.
#pragma once

#include "stack/tcp/limits.hpp"
#include "stack/tcp/seq.hpp"
#include "stack/wire/tcp.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace stack::tcp {

/// Disjoint ranges in order of distance from rcv_nxt, none touching another. The bytes themselves
/// lie ahead in the receive queue. A connection has one only while something is missing before what
/// has come, text or FIN, or has come twice and is to be reported.
class reorder_block {
  public:
    /// Adds [begin, end), both in the receive window; false if that makes one range too many.
    bool insert(seq begin, seq end);
    /// Everything before `rcv_nxt` is here: takes away the ranges reached and returns where the
    /// next hole begins.
    seq advance(seq rcv_nxt);
    bool has_ranges() const { return count_ != 0; }
    /// Nothing is kept, nor to be reported.
    bool empty() const { return count_ == 0 && !duplicate_ && !fin_; }

    /// The peer's FIN, which has come and stands there.
    std::optional<seq> fin() const { return fin_; }
    void keep_fin(seq where) { fin_ = where; }
    void forget_fin() { fin_.reset(); }

    /// [begin, end) was here before: to be reported once (RFC 2883 4).
    void repeat(seq begin, seq end) { duplicate_ = range{begin, end, 0}; }
    /// Whether all of [begin, end) lies in one range.
    bool holds(seq begin, seq end) const;
    /// At most `most` blocks: the duplicate, then the ranges that changed last (RFC 2018 4).
    void report(wire::sack_blocks& blocks, std::size_t most);

  private:
    struct range {
        seq begin;
        seq end;
        std::uint32_t changed = 0;  ///< in the order of changes
    };
    void remove(std::size_t first, std::size_t last);

    std::array<range, limits::max_holes> ranges_{};
    std::size_t count_ = 0;
    std::uint32_t changes_ = 0;
    std::optional<range> duplicate_;
    std::optional<seq> fin_;
};

}  // namespace stack::tcp
