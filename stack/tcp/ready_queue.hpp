// Connections for which something is to be done at the end of the burst.
#pragma once

#include "stack/core/slab.hpp"
#include "stack/tcp/connection.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace stack::tcp {

/// First come, first served; each is in it once. One that is gone meanwhile is passed over. It
/// keeps the memory of its longest burst.
class ready_queue {
  public:
    /// False if there is certainly nothing to do.
    bool empty() const { return next_ == entries_.size(); }

    void push(slab<connection>& all, std::uint32_t index) {
        if (all[index].ready) return;
        all[index].ready = true;
        entries_.push_back({index, all.generation(index)});
    }
    /// Takes the first one out; nothing if there is none.
    std::optional<std::uint32_t> pop(slab<connection>& all) {
        while (!empty()) {
            entry const first = entries_[next_++];
            if (empty()) clear();
            connection* const c = all.find(first.index, first.generation);
            if (c == nullptr) continue;
            c->ready = false;
            return first.index;
        }
        return std::nullopt;
    }
    /// visit(index) for each.
    template <class Visitor>
    void each(slab<connection> const& all, Visitor&& visit) const {
        for (std::size_t i = next_; i < entries_.size(); ++i)
            if (all.find(entries_[i].index, entries_[i].generation)) visit(entries_[i].index);
    }

  private:
    struct entry {
        std::uint32_t index;
        std::uint32_t generation;
    };
    void clear() {
        entries_.clear();
        next_ = 0;
    }

    std::vector<entry> entries_;
    std::size_t next_ = 0;  // to take out
};

}  // namespace stack::tcp
