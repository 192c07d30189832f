#include "stack/dvipa/routing_table.hpp"

#include <algorithm>
#include <cstring>

namespace stack::dvipa {

std::size_t routing_table::key_hash::operator()(row_key const& name) const {
    std::array<std::byte, 22> text;
    std::memcpy(text.data(), &name.dvipa, 2);
    std::memcpy(text.data() + 2, &name.local_port, 2);
    std::memcpy(text.data() + 4, &name.remote_port, 2);
    std::memcpy(text.data() + 6, name.remote_host.bytes().data(), 16);
    return siphash(key, text);
}

std::optional<routing_table::row_key> routing_table::key_of(four_tuple const& tuple) const {
    auto const number = numbers_.find(endpoint{tuple.local.host, 0});
    if (number == numbers_.end()) return std::nullopt;
    return row_key{number->second, tuple.local.port, tuple.remote.port, tuple.remote.host};
}

routing_table::row_key routing_table::new_key_of(four_tuple const& tuple) {
    if (auto const known = key_of(tuple)) return *known;
    auto const free = std::find(names_.begin(), names_.end(), std::nullopt);
    auto const number = static_cast<std::uint16_t>(free - names_.begin());
    if (free == names_.end())
        names_.emplace_back(tuple.local.host);
    else
        *free = tuple.local.host;
    numbers_.emplace(endpoint{tuple.local.host, 0}, number);
    return {number, tuple.local.port, tuple.remote.port, tuple.remote.host};
}

void routing_table::forget(std::size_t number) {
    numbers_.erase(endpoint{*names_[number], 0});
    names_[number].reset();
}

std::optional<connection_row> routing_table::find(four_tuple const& tuple) const {
    auto const key = key_of(tuple);
    auto const at = key ? rows_.find(*key) : rows_.end();
    if (at == rows_.end()) return std::nullopt;
    return at->second.row();
}

bool routing_table::confirm(four_tuple const& tuple, member_id holder, bool inbound) {
    auto const known = find(tuple);
    bool const distributed = known && known->holder == holder && known->inbound;
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
    auto const key = key_of(tuple);
    auto const at = key ? rows_.find(*key) : rows_.end();
    if (at == rows_.end() || at->second.holder() != holder) return std::nullopt;
    auto const row = at->second.row();
    rows_.erase(at);
    return row;
}

void routing_table::remove_holder(member_id holder) {
    boost::unordered::erase_if(rows_,
                               [&](auto const& row) { return row.second.holder() == holder; });
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
    auto const row = find(late.tuple);
    if (!row || row->confirmed) return std::nullopt;
    return end(late.tuple, late.holder);
}

std::optional<instant> routing_table::next_deadline() const {
    if (first_unheard_ == unheard_.size()) return std::nullopt;
    return unheard_[first_unheard_].until;
}

bool routing_table::put(four_tuple const& tuple, connection_row const& row) {
    auto const key = new_key_of(tuple);
    if (rows_.size() >= most_rows && !rows_.contains(key)) return false;
    rows_.insert_or_assign(key, packed_row(row));
    return true;
}

}  // namespace stack::dvipa
