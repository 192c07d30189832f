// Objects of one type under small numbers: stable addresses, no allocation in steady state, stale
// numbers recognised.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace stack {

/// Grows by blocks and never shrinks. The generation of a place, of 31 bits, changes each time it
/// is released.
template <class T>
class slab {
  public:
    static constexpr std::uint32_t none = 0xffffffff;

    /// The index of a new T, as T{} makes it.
    std::uint32_t emplace() {
        if (free_.empty()) grow();
        std::uint32_t const index = free_.back();
        free_.pop_back();
        ++at(index).lives;
        return index;
    }
    void erase(std::uint32_t index) {
        place& p = at(index);
        p.value = T{};
        ++p.lives;
        free_.push_back(index);
    }

    T& operator[](std::uint32_t index) { return at(index).value; }
    T const& operator[](std::uint32_t index) const { return at(index).value; }
    std::uint32_t generation(std::uint32_t index) const { return at(index).lives / 2; }

    /// Nothing if that generation of the place is gone.
    T* find(std::uint32_t index, std::uint32_t generation) {
        return holds(index, generation) ? &at(index).value : nullptr;
    }
    T const* find(std::uint32_t index, std::uint32_t generation) const {
        return holds(index, generation) ? &at(index).value : nullptr;
    }

    std::size_t size() const { return blocks_.size() * block_size - free_.size(); }
    /// visit(index, object) for each, in order of index.
    template <class Visitor>
    void each(Visitor&& visit) const {
        for (std::uint32_t i = 0; i < blocks_.size() * block_size; ++i)
            if (at(i).used()) visit(i, at(i).value);
    }

  private:
    static constexpr std::uint32_t block_size = 64;
    struct place {
        T value{};
        std::uint32_t lives = 0;  ///< begun and ended; odd: one has begun and not ended
        bool used() const { return lives % 2 != 0; }
    };

    place& at(std::uint32_t index) { return blocks_[index / block_size][index % block_size]; }
    place const& at(std::uint32_t index) const {
        return blocks_[index / block_size][index % block_size];
    }
    bool holds(std::uint32_t index, std::uint32_t generation) const {
        return index < blocks_.size() * block_size && at(index).lives == generation * 2 + 1;
    }
    void grow() {
        auto const first = static_cast<std::uint32_t>(blocks_.size()) * block_size;
        blocks_.push_back(std::make_unique<place[]>(block_size));
        // Room for all, so that erase() allocates nothing; what is not written is not resident.
        if (free_.capacity() < first + block_size) free_.reserve(2 * (first + block_size));
        for (std::uint32_t i = block_size; i-- > 0;)
            free_.push_back(first + i);
    }

    std::vector<std::unique_ptr<place[]>> blocks_;
    std::vector<std::uint32_t> free_;  // the next one to use last
};

}  // namespace stack
