#include "stack/dvipa/routing_table.hpp"

namespace stack::dvipa {

connection_row const* routing_table::find(four_tuple const& tuple) const {
    auto const at = rows_.find(tuple);
    return at == rows_.end() ? nullptr : &at->second;
}

bool routing_table::confirm(four_tuple const& tuple, member_id holder, bool inbound) {
    auto const* const known = find(tuple);
    bool const distributed = known != nullptr && known->holder == holder && known->inbound;
    return put(tuple, {holder, inbound || distributed, true});
}

bool routing_table::distribute(four_tuple const& tuple, member_id holder, instant now) {
    if (!put(tuple, {holder, true, false})) return false;
    if (first_unheard_ > most_rows / 4) {
        unheard_.erase(unheard_.begin(),
                       unheard_.begin() + static_cast<std::ptrdiff_t>(first_unheard_));
        first_unheard_ = 0;
    }
    unheard_.push_back({tuple, holder, now + confirm_time});
    return true;
}

void routing_table::end(four_tuple const& tuple, member_id holder) {
    auto const at = rows_.find(tuple);
    if (at != rows_.end() && at->second.holder == holder) rows_.erase(at);
}

void routing_table::remove_holder(member_id holder) {
    boost::unordered::erase_if(rows_, [&](auto const& row) { return row.second.holder == holder; });
}

void routing_table::expire(instant now) {
    while (first_unheard_ < unheard_.size() && unheard_[first_unheard_].until <= now) {
        auto const& late = unheard_[first_unheard_];
        auto const* const row = find(late.tuple);
        if (row != nullptr && !row->confirmed && row->holder == late.holder)
            rows_.erase(late.tuple);
        ++first_unheard_;
    }
    if (first_unheard_ != unheard_.size()) return;
    unheard_.clear();
    first_unheard_ = 0;
}

std::optional<instant> routing_table::next_deadline() const {
    if (first_unheard_ == unheard_.size()) return std::nullopt;
    return unheard_[first_unheard_].until;
}

bool routing_table::put(four_tuple const& tuple, connection_row const& row) {
    if (rows_.size() >= most_rows && !rows_.contains(tuple)) return false;
    rows_.insert_or_assign(tuple, row);
    return true;
}

}  // namespace stack::dvipa
