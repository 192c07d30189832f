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

std::optional<connection_row> routing_table::end(four_tuple const& tuple, member_id holder) {
    auto const at = rows_.find(tuple);
    if (at == rows_.end() || at->second.holder != holder) return std::nullopt;
    auto const row = at->second;
    rows_.erase(at);
    return row;
}

void routing_table::remove_holder(member_id holder) {
    boost::unordered::erase_if(rows_, [&](auto const& row) { return row.second.holder == holder; });
}

std::optional<routing_table::unheard> routing_table::next_unheard(instant now) {
    if (first_unheard_ == unheard_.size()) {
        unheard_.clear();
        first_unheard_ = 0;
        return std::nullopt;
    }
    if (unheard_[first_unheard_].until > now) return std::nullopt;
    return unheard_[first_unheard_++];
}

std::optional<connection_row> routing_table::end_unconfirmed(unheard const& late) {
    auto const* const row = find(late.tuple);
    if (row == nullptr || row->confirmed) return std::nullopt;
    return end(late.tuple, late.holder);
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
