#include "stack/dvipa/server_health.hpp"

#include <algorithm>
#include <limits>

namespace stack::dvipa {

namespace {

/// A listener that has gone takes its counts with it.
std::uint64_t since(std::uint64_t before, std::uint64_t now) {
    return now > before ? now - before : 0;
}

std::uint8_t room_of(tcp::service_counts const& now) {
    if (now.backlog == 0) return 100;
    std::uint64_t const free = now.backlog - std::min(now.backlog, now.waiting);
    return static_cast<std::uint8_t>((free * 100 + now.backlog - 1) / now.backlog);
}

/// Connections that have waited all the second: the oldest are taken first.
std::uint64_t left_waiting(tcp::service_counts const& before, tcp::service_counts const& now,
                           std::uint64_t accepted) {
    return std::min<std::uint64_t>(since(accepted, before.waiting), now.waiting);
}

std::uint32_t bounded(std::uint64_t count) {
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(count, std::numeric_limits<std::int32_t>::max()));
}

}  // namespace

void server_health::measure(served_services const& counted) {
    found_.clear();
    std::erase_if(records_, [&](auto const& each) { return !counted.contains(each.first); });
    for (auto const& [service, now] : counted) {
        auto& known = records_.try_emplace(service, record{now, {}, {}}).first->second;
        auto const health = look(service, now, known);
        if (health != service_health{.service = service}) found_.push_back(health);
    }
}

service_health server_health::look(endpoint const& service, tcp::service_counts const& now,
                                   record& known) {
    auto const& before = known.before;
    auto const established = since(before.established, now.established);
    auto const refused = since(before.refused, now.refused);
    auto const failed = since(before.failed, now.failed) + refused;
    known.established.add(established, established + failed);
    auto const accepted = since(before.accepted, now.accepted);
    auto const left = left_waiting(before, now, accepted);
    // Those that wait since less than a second say nothing yet.
    if (accepted + left != 0 || now.waiting == 0) known.accepted.add(accepted, accepted + left);
    known.before = now;
    return {service, room_of(now), known.established.percent(), known.accepted.percent(),
            bounded(refused)};
}

}  // namespace stack::dvipa
