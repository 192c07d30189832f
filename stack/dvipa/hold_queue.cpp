#include "stack/dvipa/hold_queue.hpp"

#include <algorithm>

namespace stack::dvipa {

hold_queue::outcome hold_queue::hold(four_tuple const& tuple, member_id from,
                                     fragments const& packet, offload const& meta, bool settling,
                                     instant now) {
    if (segments_.size() >= most) return outcome::full;
    auto const same = std::count_if(segments_.begin(), segments_.end(),
                                    [&](held_segment const& s) { return s.tuple == tuple; });
    if (static_cast<std::size_t>(same) >= most_of_a_tuple) return outcome::tuple_full;
    segments_.push_back({store_.copy(packet, meta), tuple, from, now + patience, settling});
    return outcome::held;
}

std::optional<instant> hold_queue::next_deadline() const {
    if (segments_.empty()) return std::nullopt;
    return segments_.front().until;
}

}  // namespace stack::dvipa
