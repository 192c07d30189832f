#include "stack/dvipa/destination_table.hpp"

#include <algorithm>
#include <utility>

namespace stack::dvipa {

namespace {

template <class Targets>
auto position_of(Targets& targets, member_id who) {
    return std::find_if(targets.begin(), targets.end(),
                        [&](auto const& each) { return each.who == who; });
}

/// nullptr: all is well with the service.
service_health const* health_of(target_report const& told, endpoint const& service) {
    auto const said = std::find_if(told.services.begin(), told.services.end(),
                                   [&](auto const& each) { return each.service == service; });
    return said == told.services.end() ? nullptr : &*said;
}

}  // namespace

void destination_table::listening(endpoint const& service, member_id who) {
    find_or_add(service, services_[service], who).listens = true;
}

void destination_table::stopped_listening(endpoint const& service, member_id who) {
    auto const at = services_.find(service);
    if (at != services_.end()) find_or_add(service, at->second, who).listens = false;
}

void destination_table::report(member_id who, target_report const& told) {
    reports_.insert_or_assign(who, told);
    for (auto& [service, row] : services_) {
        auto const at = position_of(row.targets, who);
        if (at == row.targets.end()) continue;
        weigh(*at, service);
        if (auto const* const said = health_of(told, service)) at->arriving.arrived(said->refused);
    }
}

void destination_table::remove(member_id who) {
    reports_.erase(who);
    for (auto& entry : services_)
        std::erase_if(entry.second.targets, [&](destination const& t) { return t.who == who; });
    configure();
}

bool destination_table::listens(endpoint const& service, member_id who) const {
    auto const* const found = find(service, who);
    return found != nullptr && found->listens;
}

destination const* destination_table::find(endpoint const& service, member_id who) const {
    auto const at = services_.find(service);
    if (at == services_.end()) return nullptr;
    auto const found = position_of(at->second.targets, who);
    return found == at->second.targets.end() ? nullptr : &*found;
}

unsigned destination_table::weight(endpoint const& service, distribution_settings const& rule,
                                   member_id who) const {
    auto const configured = position_of(rule.targets, who);
    if (rule.method == distribution_method::weighted_active)
        return configured == rule.targets.end() ? 0 : configured->weight;
    auto const at = services_.find(service);
    bool const reported = rule.method == distribution_method::base_wlm ||
                          rule.method == distribution_method::server_wlm;
    if (!reported || at == services_.end()) return 1;
    auto const& targets = at->second.targets;
    auto const highest = highest_capacity(targets);
    std::uint64_t most = 1;
    for (auto const& each : targets)
        if (position_of(rule.targets, each.who) != rule.targets.end())
            most = std::max(most, reported_weight(rule.method, each, highest));
    auto const found = position_of(targets, who);
    if (found == targets.end()) return 1;
    constexpr std::uint64_t most_shown = 64;
    auto const own = reported_weight(rule.method, *found, highest);
    if (own == 0) return 0;
    return static_cast<unsigned>(std::max<std::uint64_t>(1, (own * most_shown + most / 2) / most));
}

bool destination_table::stands(endpoint const& service, member_id who) const {
    auto const at = services_.find(service);
    if (at == services_.end()) return false;
    auto const standing = at->second.choice.standing;
    return standing < at->second.targets.size() && at->second.targets[standing].who == who;
}

std::optional<member_id> destination_table::pick(endpoint const& service,
                                                 distribution_settings const& rule, member_id self,
                                                 bool self_listens, member_id client) {
    auto const targets = targets_of(service, rule, self, self_listens);
    if (targets.empty()) return std::nullopt;
    for (auto& each : targets)
        each.factor = client.valid() && each.who == client ? rule.local_factor() : std::uint8_t{1};
    auto const chosen = choose(rule, targets, services_[service].choice);
    if (chosen == no_target) return std::nullopt;
    ++targets[chosen].connections;
    return targets[chosen].who;
}

bool destination_table::take(endpoint const& service, distribution_settings const& rule,
                             member_id who, member_id self, bool self_listens) {
    auto const targets = targets_of(service, rule, self, self_listens);
    auto const at = position_of(targets, who);
    if (at == targets.end() || !at->ready) return false;
    ++at->connections;
    return true;
}

void destination_table::handed_over(endpoint const& service, member_id who, instant now) {
    find_or_add(service, services_[service], who).arriving.handed();
    if (!next_second_) next_second_ = now + std::chrono::seconds(1);
}

void destination_table::arrived(endpoint const& service, member_id who) {
    find_or_add(service, services_[service], who).arriving.arrived();
}

void destination_table::advance(instant now) {
    if (!next_second_ || now < *next_second_) return;
    bool goes_on = false;
    for (auto& entry : services_)
        for (auto& each : entry.second.targets)
            goes_on |= each.arriving.end_second();
    next_second_.reset();
    // If more than one is over nothing has happened in the others.
    if (goes_on) next_second_ = now + std::chrono::seconds(1);
}

void destination_table::opened(endpoint const& service, member_id who) {
    ++find_or_add(service, services_[service], who).active;
}

void destination_table::ended(endpoint const& service, member_id who) {
    auto const at = services_.find(service);
    if (at == services_.end()) return;
    auto const found = position_of(at->second.targets, who);
    if (found != at->second.targets.end() && found->active != 0) --found->active;
}

std::span<destination> destination_table::targets_of(endpoint const& service,
                                                     distribution_settings const& rule,
                                                     member_id self, bool self_listens) {
    // A SYN to a port on which nobody has listened leaves no row.
    if (!self_listens && !services_.contains(service)) return {};
    auto& row = services_[service];
    if (row.version != version_) put_in_order(service, row, rule);
    auto const targets = std::span(row.targets).first(rule.targets.size());
    for (auto& each : targets)
        each.ready = each.who == self ? self_listens : each.listens;
    return targets;
}

void destination_table::put_in_order(endpoint const& service, service_row& row,
                                     distribution_settings const& rule) {
    auto const standing = row.choice.standing < row.targets.size()
                              ? row.targets[row.choice.standing].who
                              : member_id{};
    for (std::size_t i = 0; i < rule.targets.size(); ++i) {
        find_or_add(service, row, rule.targets[i].who);
        std::swap(row.targets[i], *position_of(row.targets, rule.targets[i].who));
    }
    auto const at = position_of(rule.targets, standing);
    row.choice.standing =
        at == rule.targets.end() ? no_target : static_cast<std::size_t>(at - rule.targets.begin());
    row.version = version_;
}

destination& destination_table::find_or_add(endpoint const& service, service_row& row,
                                            member_id who) {
    auto const at = position_of(row.targets, who);
    if (at != row.targets.end()) return *at;
    auto& added = row.targets.emplace_back();
    added.who = who;
    weigh(added, service);
    return added;
}

/// By the last report of the target.
void destination_table::weigh(destination& target, endpoint const& service) const {
    auto const told = reports_.find(target.who);
    if (told == reports_.end()) return;
    auto const* const said = health_of(told->second, service);
    auto const health = said != nullptr ? *said : service_health{};
    target.capacity = told->second.capacity;
    target.room = health.room;
    target.established = health.established;
    target.accepted = health.accepted;
}

}  // namespace stack::dvipa
