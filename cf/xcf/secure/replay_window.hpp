// Which sequence numbers have been seen: RFC 6479, a ring of words that is cleared a word at a time
// as it moves on.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace cf::xcf {

/// Check is_fresh() before a datagram is authenticated, for it is cheap, and note() only after: a
/// forged number must not move the window.
class replay_window {
  public:
    /// As far behind the highest number a datagram may come and still be taken.
    static constexpr std::uint64_t size = 2048 - 64;

    bool is_fresh(std::uint64_t sequence) const {
        if (sequence >= next_) return true;
        if (next_ - sequence > size) return false;
        return (seen_[word(sequence)] & bit(sequence)) == 0;
    }

    void note(std::uint64_t sequence) {
        if (sequence >= next_) advance(sequence);
        seen_[word(sequence)] |= bit(sequence);
    }

  private:
    static constexpr std::size_t words = 2048 / 64;
    static std::size_t word(std::uint64_t sequence) { return sequence / 64 % words; }
    static std::uint64_t bit(std::uint64_t sequence) { return std::uint64_t{1} << sequence % 64; }

    void advance(std::uint64_t sequence) {
        // Words that the numbers so far have not reached hold what was there a round ago.
        auto const last = sequence / 64;
        auto const unreached = (next_ + 63) / 64;
        for (auto each = last + 1; each > unreached && last + 1 - each < words; --each)
            seen_[(each - 1) % words] = 0;
        next_ = sequence + 1;
    }

    std::array<std::uint64_t, words> seen_{};
    std::uint64_t next_ = 0;  ///< one more than the highest number seen
};

}  // namespace cf::xcf
