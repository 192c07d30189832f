// Objects of one type under small numbers: stable addresses, no allocation in steady state, stale
// numbers recognised.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace stack {

/// Grows by blocks and never shrinks. The generation of a place changes each time it is released.
template <class T>
class slab {
  public:
    static constexpr std::uint32_t none = 0xffffffff;

    /// The index of a new T, as T{} makes it.
    std::uint32_t emplace() {
        if (free_ == none) grow();
        std::uint32_t const index = free_;
        place& p = at(index);
        free_ = p.next_free;
        p.used = true;
        ++size_;
        return index;
    }
    void erase(std::uint32_t index) {
        place& p = at(index);
        p.value = T{};
        p.used = false;
        ++p.generation;
        p.next_free = free_;
        free_ = index;
        --size_;
    }

    T& operator[](std::uint32_t index) { return at(index).value; }
    T const& operator[](std::uint32_t index) const { return at(index).value; }
    std::uint32_t generation(std::uint32_t index) const { return at(index).generation; }

    /// Nothing if that generation of the place is gone.
    T* find(std::uint32_t index, std::uint32_t generation) {
        return holds(index, generation) ? &at(index).value : nullptr;
    }
    T const* find(std::uint32_t index, std::uint32_t generation) const {
        return holds(index, generation) ? &at(index).value : nullptr;
    }

    std::size_t size() const { return size_; }
    /// visit(index, object) for each, in order of index.
    template <class Visitor>
    void each(Visitor&& visit) const {
        for (std::uint32_t i = 0; i < blocks_.size() * block_size; ++i)
            if (at(i).used) visit(i, at(i).value);
    }

  private:
    static constexpr std::uint32_t block_size = 64;
    struct place {
        T value{};
        std::uint32_t generation = 0;
        std::uint32_t next_free = none;
        bool used = false;
    };

    place& at(std::uint32_t index) { return blocks_[index / block_size][index % block_size]; }
    place const& at(std::uint32_t index) const {
        return blocks_[index / block_size][index % block_size];
    }
    bool holds(std::uint32_t index, std::uint32_t generation) const {
        return index < blocks_.size() * block_size && at(index).used &&
               at(index).generation == generation;
    }
    void grow() {
        auto const first = static_cast<std::uint32_t>(blocks_.size()) * block_size;
        blocks_.push_back(std::make_unique<place[]>(block_size));
        for (std::uint32_t i = block_size; i-- > 0;) {
            at(first + i).next_free = free_;
            free_ = first + i;
        }
    }

    std::vector<std::unique_ptr<place[]>> blocks_;
    std::uint32_t free_ = none;
    std::size_t size_ = 0;
};

}  // namespace stack
