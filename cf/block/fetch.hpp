// Blocks on their way from the facility into a stack's pool.
#pragma once

#include "cf/block/pools.hpp"
#include "cf/dvipa.hpp"
#include "cf/step/take_blocks.hpp"
#include "cf/structure/view.hpp"

#include <bit>
#include <chrono>
#include <cstddef>
#include <vector>

namespace cf {

/// For one update: fetch() may run again, keep() comes after its success.
class block_fetch {
  public:
    block_fetch(block_pools& pools, dvipa const& of) : pools_(pools), of_(of) {}

    /// Takes blocks if the DVIPA is shared in blocks and there are any.
    bool fetch(any_view auto& structures, std::uint16_t me, port_words const& excluded) {
        blocks_.clear();
        return structures.settings().grain != 1 && take(structures, me, excluded);
    }
    /// A port of those taken.
    std::uint16_t pick(std::uint64_t random) const {
        auto [word, ports] = blocks_.front().front();
        for (auto skip = random % static_cast<std::uint64_t>(std::popcount(ports)); skip > 0;
             --skip)
            ports &= ports - 1;
        return port_of(word, std::countr_zero(ports));
    }
    /// Puts the blocks into the pool; `used` is in use already (0: none).
    void keep(std::uint16_t used) {
        if (count_ == 0) return;
        auto& pool = pools_.obtain(of_);
        for (auto const& each : blocks_)
            pool.add(each, used);
        if (blocks_.empty()) pool.found_none(block_pool::clock::now());
    }

  private:
    bool take(view& structures, std::uint16_t me, port_words const& excluded) {
        if (count_ == 0) {
            auto const now = block_pool::clock::now();
            count_ = pools_.obtain(of_).blocks_to_fetch(now, step::most_words_at_once);
        }
        auto taken = step::take_blocks(structures, me, count_, excluded);
        if (taken) blocks_ = std::move(*taken);
        return !blocks_.empty();
    }

    block_pools& pools_;
    dvipa const& of_;
    std::size_t count_ = 0;  ///< asked for; 0: not shared in blocks
    std::vector<block_run> blocks_;
};

}  // namespace cf
