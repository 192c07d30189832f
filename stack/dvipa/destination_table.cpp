#include "stack/dvipa/destination_table.hpp"

#include <algorithm>

namespace stack::dvipa {

bool is_distributed(dvipa_settings const& dvipa, std::uint16_t port) {
    if (!dvipa.distributed) return false;
    auto const& ports = dvipa.distributed_ports;
    return ports.empty() || std::binary_search(ports.begin(), ports.end(), port);
}

void destination_table::listening(endpoint const& service, member_id who) {
    find_or_add(services_[service], who).listens = true;
}

void destination_table::stopped_listening(endpoint const& service, member_id who) {
    auto const at = services_.find(service);
    if (at != services_.end()) find_or_add(at->second, who).listens = false;
}

void destination_table::remove(member_id who) {
    for (auto& entry : services_)
        std::erase_if(entry.second.targets, [&](target const& t) { return t.who == who; });
}

bool destination_table::listens(endpoint const& service, member_id who) const {
    auto const* const found = find(service, who);
    return found != nullptr && found->listens;
}

std::uint64_t destination_table::connections(endpoint const& service, member_id who) const {
    auto const* const found = find(service, who);
    return found == nullptr ? 0 : found->connections;
}

std::optional<member_id> destination_table::pick(endpoint const& service,
                                                 std::vector<member_id> const& targets,
                                                 member_id self, bool self_listens) {
    auto& row = services_[service];
    for (std::size_t i = 0; i < targets.size(); ++i) {
        std::size_t const at = (row.turn + i) % targets.size();
        auto const who = targets[at];
        if (who == self ? !self_listens : !listens(service, who)) continue;
        row.turn = at + 1;
        ++find_or_add(row, who).connections;
        return who;
    }
    return std::nullopt;
}

destination_table::target& destination_table::find_or_add(service_row& row, member_id who) {
    auto const at = std::find_if(row.targets.begin(), row.targets.end(),
                                 [&](target const& t) { return t.who == who; });
    if (at != row.targets.end()) return *at;
    row.targets.push_back({who, false, 0});
    return row.targets.back();
}

destination_table::target const* destination_table::find(endpoint const& service,
                                                         member_id who) const {
    auto const at = services_.find(service);
    if (at == services_.end()) return nullptr;
    for (auto const& entry : at->second.targets)
        if (entry.who == who) return &entry;
    return nullptr;
}

}  // namespace stack::dvipa
