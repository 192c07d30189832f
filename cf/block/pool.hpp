// The ports of one DVIPA that this stack holds in blocks, taken ahead of need (GRAIN above 1).
#pragma once

#include "cf/ports.hpp"
#include "cf/structure/block_run.hpp"
#include "cf/threads.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>

namespace cf {

/// To everyone else all ports of a block are this stack's; which of them are in use, only the pool
/// knows. A port is taken and put back without a lock, from any thread; blocks come and go under
/// one.
///
/// What withdraw functions return is no longer in the pool, and to be released to the facility.
class block_pool {
  public:
    using clock = steady_clock;

    /// A block without use goes back this long after its last port was put back...
    static constexpr clock::duration idle_time = std::chrono::seconds(60);
    /// ...unless less than a fifth of the other ports would be free then.
    static constexpr std::int64_t least_free = 5;
    /// More blocks are wanted if fewer ports than this are free, or less than a fifth.
    static constexpr std::int64_t low_mark = 16;

    /// A free port of the pool, not in `excluded`, next after the one given last: so a port put
    /// back is reused as late as possible. `random` makes the next one less easy to guess.
    std::optional<std::uint16_t> take(port_words const& excluded, std::uint64_t random);
    /// Exactly this port; false if it is not free in the pool.
    bool take(std::uint16_t port);
    /// False: the port is not the pool's, release it to the facility.
    bool put(std::uint16_t port);

    /// Whether to fetch more before the next port is asked for.
    bool is_low() const;
    /// How many blocks to fetch now: twice as many as last time if that was less than a second
    /// ago, at most `most`.
    std::size_t blocks_to_fetch(clock::time_point now, std::size_t most);
    /// No whole block was to be had: is_low() is false for a second.
    void found_none(clock::time_point now);

    /// Adds a block, of which `used` is in use already (0: none).
    void add(block_run const& run, std::uint16_t used);
    /// Blocks that have been without use for idle_time.
    block_run withdraw_idle(clock::time_point now);
    /// For another stack that finds no port: every block without use, or if there is none, half of
    /// the free ports.
    block_run withdraw_some();
    /// All that is free; what is in use is no longer the pool's either: put() will be false.
    block_run withdraw_all();
    /// One port; false if it is in use, or not the pool's.
    bool withdraw(std::uint16_t port);
    /// The same, but a port in use leaves the pool too: put() will be false. Whether it was free.
    bool forget(std::uint16_t port);
    /// Whether the port is the pool's, in use or not.
    bool has(std::uint16_t port) const {
        return (pooled_[word_of(port)].load(std::memory_order_acquire) & bit_of(port)) != 0;
    }

    struct counts {
        std::uint32_t blocks = 0;
        std::uint32_t ports = 0;  ///< of these blocks
        std::uint32_t free = 0;   ///< of these ports
    };
    counts count() const;

  private:
    struct block {
        std::size_t words = 0;
        clock::time_point used{};  ///< when it was last seen in use, or used since the look before
    };

    using block_place = std::map<std::size_t, block>::iterator;
    bool look_at(std::size_t first, block& one, clock::time_point now);
    block_place withdraw_block(block_place at, block_run& into);
    bool withdraw_word(std::size_t word, block_run& into);
    void disown(std::size_t word, std::uint64_t ports);

    std::array<std::atomic<std::uint64_t>, port_word_count> pooled_{};
    std::array<std::atomic<std::uint64_t>, port_word_count> free_{};  ///< within pooled_
    std::array<std::atomic<bool>, port_word_count> touched_{};  ///< put back since the last look
    std::atomic<std::int64_t> pooled_count_ = 0;
    std::atomic<std::int64_t> free_count_ = 0;
    std::atomic<std::uint16_t> cursor_ = 0;
    std::atomic<clock::rep> dry_until_ = 0;

    mutable std::mutex mutex_;
    std::map<std::size_t, block> blocks_;  ///< by first word
    clock::time_point fetched_{};
    std::size_t last_fetch_ = 0;  ///< blocks
};

}  // namespace cf
