#include "stack/tcp/data/reorder.hpp"

#include <algorithm>

namespace stack::tcp {

bool reorder_block::insert(seq begin, seq end) {
    // [first, last) are the ranges that touch the new one.
    std::size_t first = 0;
    while (first < count_ && before(ranges_[first].end, begin))
        ++first;
    std::size_t last = first;
    while (last < count_ && at_or_before(ranges_[last].begin, end))
        ++last;
    if (first == last) {
        if (count_ == ranges_.size()) return false;
        std::copy_backward(ranges_.begin() + first, ranges_.begin() + count_,
                           ranges_.begin() + count_ + 1);
        ranges_[first] = {begin, end, ++changes_};
        ++count_;
        return true;
    }
    if (before(begin, ranges_[first].begin)) ranges_[first].begin = begin;
    ranges_[first].end = later(end, ranges_[last - 1].end);
    ranges_[first].changed = ++changes_;
    remove(first + 1, last);
    return true;
}

seq reorder_block::advance(seq rcv_nxt) {
    std::size_t reached = 0;
    while (reached < count_ && at_or_before(ranges_[reached].begin, rcv_nxt))
        rcv_nxt = later(rcv_nxt, ranges_[reached++].end);
    remove(0, reached);
    return rcv_nxt;
}

bool reorder_block::holds(seq begin, seq end) const {
    return std::any_of(ranges_.begin(), ranges_.begin() + count_, [&](range const& r) {
        return at_or_before(r.begin, begin) && at_or_before(end, r.end);
    });
}

void reorder_block::report(wire::sack_blocks& blocks, std::size_t most) {
    if (duplicate_) blocks.push_back({duplicate_->begin.value(), duplicate_->end.value()});
    duplicate_.reset();
    // The next one is that which changed last before the one just reported.
    std::uint32_t limit = changes_ + 1;
    while (blocks.size() < most) {
        range const* latest = nullptr;
        for (std::size_t i = 0; i < count_; ++i)
            if (ranges_[i].changed < limit && (!latest || ranges_[i].changed > latest->changed))
                latest = &ranges_[i];
        if (latest == nullptr) return;
        blocks.push_back({latest->begin.value(), latest->end.value()});
        limit = latest->changed;
    }
}

void reorder_block::remove(std::size_t first, std::size_t last) {
    std::copy(ranges_.begin() + last, ranges_.begin() + count_, ranges_.begin() + first);
    count_ -= last - first;
}

}  // namespace stack::tcp
