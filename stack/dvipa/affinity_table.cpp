#include "stack/dvipa/affinity_table.hpp"

namespace stack::dvipa {

std::optional<member_id> affinity_table::find(endpoint const& service, address const& client,
                                              instant now) const {
    auto const at = entries_.find(key_of(service, client));
    if (at == entries_.end() || is_over(at->second, now)) return std::nullopt;
    return at->second.who;
}

void affinity_table::opened(endpoint const& service, address const& client, member_id who) {
    auto const key = key_of(service, client);
    auto at = entries_.find(key);
    if (at == entries_.end()) {
        if (entries_.size() >= most) return;
        at = entries_.emplace(key, affinity{who, 0, {}, {}}).first;
    }
    auto& entry = at->second;
    if (entry.who != who) entry = affinity{who, 0, {}, {}};
    ++entry.connections;
    entry.until.reset();
}

void affinity_table::ended(endpoint const& service, address const& client, member_id who,
                           std::chrono::seconds seconds) {
    if (entries_.empty()) return;  // as most owners are: not worth a hash
    auto const key = key_of(service, client);
    auto const at = entries_.find(key);
    if (at == entries_.end() || at->second.who != who || at->second.connections == 0) return;
    if (--at->second.connections != 0) return;
    at->second.lasts = seconds;
    idle_.push_back(key);
}

void affinity_table::remove(member_id who) {
    boost::unordered::erase_if(entries_,
                               [&](auto const& entry) { return entry.second.who == who; });
}

void affinity_table::advance(instant now) {
    for (auto const& key : idle_) {
        auto const at = entries_.find(key);
        if (at != entries_.end() && at->second.connections == 0 && !at->second.until)
            at->second.until = now + at->second.lasts;
    }
    idle_.clear();
    // Those that are over do no harm until there is no room for others.
    constexpr auto between_sweeps = std::chrono::seconds(1);
    if (entries_.size() < most || now - swept_ < between_sweeps) return;
    swept_ = now;
    boost::unordered::erase_if(entries_,
                               [&](auto const& entry) { return is_over(entry.second, now); });
}

}  // namespace stack::dvipa
