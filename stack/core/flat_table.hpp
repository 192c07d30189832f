// A hash table of 32-bit values whose keys live elsewhere: open addressing, 8 bytes a place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace stack {

/// Linear probing with the hash kept beside the value, so that growing and most misses touch no
/// key. The caller's `matches(value)` says whether a value has the key sought. Hashes must be keyed
/// where keys come from strangers.
class flat_table {
  public:
    static constexpr std::uint32_t none = 0xffffffff;

    template <class Matches>
    std::optional<std::uint32_t> find(std::uint32_t hash, Matches&& matches) const {
        std::size_t const at = seek(hash, matches);
        if (at == nowhere) return std::nullopt;
        return places_[at].value;
    }
    /// The key must not be there; `value` must not be `none`.
    void insert(std::uint32_t hash, std::uint32_t value) {
        if ((size_ + 1) * 4 > places_.size() * 3) grow();
        settle({hash, value});
        ++size_;
    }
    /// Gives the value of a key that is there another value.
    template <class Matches>
    void replace(std::uint32_t hash, std::uint32_t value, Matches&& matches) {
        std::size_t const at = seek(hash, matches);
        if (at != nowhere) places_[at].value = value;
    }
    template <class Matches>
    void erase(std::uint32_t hash, Matches&& matches) {
        std::size_t const at = seek(hash, matches);
        if (at == nowhere) return;
        close_gap(at);
        --size_;
    }
    std::size_t size() const { return size_; }

  private:
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
    struct place {
        std::uint32_t hash = 0;
        std::uint32_t value = none;
    };

    std::size_t mask() const { return places_.size() - 1; }

    template <class Matches>
    std::size_t seek(std::uint32_t hash, Matches&& matches) const {
        if (places_.empty()) return nowhere;
        for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
            if (places_[at].value == none) return nowhere;
            if (places_[at].hash == hash && matches(places_[at].value)) return at;
        }
    }
    void settle(place const& entry) {
        std::size_t at = entry.hash & mask();
        while (places_[at].value != none)
            at = (at + 1) & mask();
        places_[at] = entry;
    }
    // Moves back what a search would no longer reach (Knuth 6.4, algorithm R); no tombstones.
    void close_gap(std::size_t gap) {
        for (std::size_t at = (gap + 1) & mask(); places_[at].value != none;
             at = (at + 1) & mask()) {
            std::size_t const home = places_[at].hash & mask();
            if (((at - home) & mask()) < ((at - gap) & mask())) continue;
            places_[gap] = places_[at];
            gap = at;
        }
        places_[gap] = {};
    }
    void grow() {
        std::vector<place> old(places_.empty() ? 64 : places_.size() * 2);
        old.swap(places_);
        for (place const& entry : old)
            if (entry.value != none) settle(entry);
    }

    std::vector<place> places_;
    std::size_t size_ = 0;
};

}  // namespace stack
