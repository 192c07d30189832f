#include "stack/timer/deadline_heap.hpp"

#include <algorithm>

namespace stack {

namespace {
constexpr std::size_t arity = 4;
}

void deadline_heap::put(std::size_t at, node const& entry) {
    heap_[at] = entry;
    position_[entry.index] = static_cast<std::uint32_t>(at);
}

void deadline_heap::rise(std::size_t at, node const& entry) {
    while (at > 0) {
        std::size_t const parent = (at - 1) / arity;
        if (heap_[parent].when <= entry.when) break;
        put(at, heap_[parent]);
        at = parent;
    }
    put(at, entry);
}

void deadline_heap::sink(std::size_t at, node const& entry) {
    while (at * arity + 1 < heap_.size()) {
        std::size_t const first = at * arity + 1;
        std::size_t const last = std::min(first + arity, heap_.size());
        std::size_t least = first;
        for (std::size_t child = first + 1; child < last; ++child)
            if (heap_[child].when < heap_[least].when) least = child;
        if (entry.when <= heap_[least].when) break;
        put(at, heap_[least]);
        at = least;
    }
    put(at, entry);
}

void deadline_heap::schedule(std::uint32_t index, instant when) {
    if (index >= position_.size()) position_.resize(index + 1, nowhere);
    node const entry{when, index};
    std::size_t at = position_[index];
    if (at == nowhere) {
        heap_.push_back(entry);
        return rise(heap_.size() - 1, entry);
    }
    if (when < heap_[at].when) return rise(at, entry);
    sink(at, entry);
}

void deadline_heap::cancel(std::uint32_t index) {
    if (!contains(index)) return;
    std::size_t const at = position_[index];
    position_[index] = nowhere;
    node const last = heap_.back();
    heap_.pop_back();
    if (at == heap_.size()) return;
    if (at > 0 && last.when < heap_[(at - 1) / arity].when) return rise(at, last);
    sink(at, last);
}

}  // namespace stack
