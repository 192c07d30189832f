// A doubly linked list of slab objects, linked by index inside the objects.
#pragma once

#include "stack/core/slab.hpp"

#include <cstdint>

namespace stack {

/// Inside the object; one for each list it can be in at a time.
struct index_links {
    static constexpr std::uint32_t outside = 0xfffffffe;
    std::uint32_t previous = outside;
    std::uint32_t next = outside;
    bool linked() const { return next != outside; }
};

/// Ends of a list through member `Links` of T. The slab is passed in, so that the list itself is a
/// plain value.
template <class T, index_links T::*Links>
class index_list {
  public:
    static constexpr std::uint32_t none = slab<T>::none;

    bool empty() const { return first_ == none; }
    std::uint32_t front() const { return first_; }
    std::uint32_t back() const { return last_; }
    /// `none` behind the last.
    std::uint32_t next(slab<T> const& objects, std::uint32_t index) const {
        return (objects[index].*Links).next;
    }
    std::uint32_t size() const { return size_; }

    void push_back(slab<T>& objects, std::uint32_t index) {
        objects[index].*Links = {last_, none};
        (last_ == none ? first_ : (objects[last_].*Links).next) = index;
        last_ = index;
        ++size_;
    }
    /// `position` is in the list.
    void insert_after(slab<T>& objects, std::uint32_t position, std::uint32_t index) {
        std::uint32_t const next = (objects[position].*Links).next;
        objects[index].*Links = {position, next};
        (objects[position].*Links).next = index;
        (next == none ? last_ : (objects[next].*Links).previous) = index;
        ++size_;
    }
    void erase(slab<T>& objects, std::uint32_t index) {
        index_links const links = objects[index].*Links;
        (links.previous == none ? first_ : (objects[links.previous].*Links).next) = links.next;
        (links.next == none ? last_ : (objects[links.next].*Links).previous) = links.previous;
        objects[index].*Links = {};
        --size_;
    }
    std::uint32_t pop_front(slab<T>& objects) {
        std::uint32_t const index = first_;
        erase(objects, index);
        return index;
    }

  private:
    std::uint32_t first_ = none;
    std::uint32_t last_ = none;
    std::uint32_t size_ = 0;
};

}  // namespace stack
