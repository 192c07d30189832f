// What a stack has told the facility that may not be recorded yet.
#pragma once

#include "cf/dvipa.hpp"
#include "cf/structure/block_run.hpp"
#include "cf/structure/connection_note.hpp"

#include <atomic>
#include <bit>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <vector>

namespace cf {

/// A release whose outcome is not known must not simply be repeated: if it was done, the port may
/// be somebody's again, even this stack's. It is owed instead, and goes before everything else in
/// the next update of the DVIPA. So with notes about connections. Thread-safe.
class owed_work {
  public:
    struct release {
        std::uint16_t port = 0;
        bool service = false;
    };
    struct work {
        std::vector<release> releases{};
        std::vector<connection_note> notes{};
    };

    void put(dvipa const& of, std::span<release const> releases,
             std::span<connection_note const> notes) {
        if (releases.empty() && notes.empty()) return;
        std::lock_guard guard(mutex_);
        auto& owed = owed_[of];
        owed.releases.insert(owed.releases.end(), releases.begin(), releases.end());
        owed.notes.insert(owed.notes.end(), notes.begin(), notes.end());
        any_.store(true, std::memory_order_release);
    }
    /// Moves what is owed to the end of `into`.
    void take(dvipa const& of, work& into) {
        if (!any_.load(std::memory_order_acquire)) return;
        std::lock_guard guard(mutex_);
        auto const found = owed_.find(of);
        if (found == owed_.end()) return;
        auto const& [releases, notes] = found->second;
        into.releases.insert(into.releases.end(), releases.begin(), releases.end());
        into.notes.insert(into.notes.end(), notes.begin(), notes.end());
        owed_.erase(found);
        any_.store(!owed_.empty(), std::memory_order_release);
    }
    /// The ports of a block.
    static std::vector<release> all_of(block_run const& run) {
        std::vector<release> all;
        for (auto const& [word, ports] : run)
            for (auto left = ports; left != 0; left &= left - 1)
                all.push_back({port_of(word, std::countr_zero(left)), false});
        return all;
    }

  private:
    std::mutex mutex_;
    std::map<dvipa, work> owed_;
    std::atomic<bool> any_ = false;
};

}  // namespace cf
