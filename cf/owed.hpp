// What a stack has told the facility that may not be recorded yet.
#pragma once

#include "cf/dvipa.hpp"
#include "cf/structure/block_run.hpp"
#include "cf/structure/connection_note.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
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
    /// Whether anything is owed, of whatever DVIPA.
    bool any() const { return any_.load(std::memory_order_acquire); }
    /// Takes what is owed, at most so many of each kind, the oldest first.
    [[gnu::cold]] work take(dvipa const& of, std::size_t most) {
        std::lock_guard guard(mutex_);
        work taken;
        auto const found = owed_.find(of);
        if (found == owed_.end()) return taken;
        auto& [releases, notes] = found->second;
        move_some(releases, taken.releases, most);
        move_some(notes, taken.notes, most);
        if (releases.empty() && notes.empty()) owed_.erase(found);
        any_.store(!owed_.empty(), std::memory_order_release);
        return taken;
    }
    bool has(dvipa const& of) const {
        if (!any()) return false;
        std::lock_guard guard(mutex_);
        return owed_.count(of) != 0;
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
    template <class Item>
    static void move_some(std::vector<Item>& from, std::vector<Item>& to, std::size_t most) {
        auto const end = from.begin() + static_cast<std::ptrdiff_t>(std::min(from.size(), most));
        to.insert(to.end(), from.begin(), end);
        from.erase(from.begin(), end);
    }

    mutable std::mutex mutex_;
    std::map<dvipa, work> owed_;
    std::atomic<bool> any_ = false;
};

}  // namespace cf
