#include "stack/socket/pool_ports.hpp"

#include <algorithm>
#include <functional>

namespace stack::socket {

bool pool_ports::configure() {
    bool const exists = range().first != 0 || range().takes_part;
    bool const begins = exists && known_ == nullptr;
    if (begins) known_ = std::make_unique<knowledge>();
    if (known_ == nullptr) return false;

    auto const& settings = topology_.settings();
    auto& never = known_->never;
    never.words.fill(~std::uint64_t{0});
    for (std::uint32_t port = range().first; port != 0 && port <= range().last; ++port)
        never.erase(static_cast<std::uint16_t>(port));
    for (auto const& reservation : settings.ports)
        if (reservation.tcp) never.insert(reservation.port);
    for (auto const& dvipa : settings.dvipas)
        for (auto const& each : dvipa.distributions)
            for (std::uint32_t port = each.first_port; port != 0 && port <= each.last_port; ++port)
                never.insert(static_cast<std::uint16_t>(port));
    return begins;
}

port_set const& pool_ports::excluded() {
    auto& k = *known_;
    std::transform(k.never.words.begin(), k.never.words.end(), k.used.words.begin(),
                   k.excluded.words.begin(), std::bit_or<>());
    return k.excluded;
}

void pool_ports::add(std::uint16_t port, std::uint32_t uses) {
    if (known_ == nullptr || uses == 0) return;
    known_->uses[port] += uses;
    known_->used.insert(port);
}

void pool_ports::remove(std::uint16_t port) {
    if (known_ == nullptr || --known_->uses[port] != 0) return;
    known_->used.erase(port);
    settle(port);
}

void pool_ports::mark_held(std::uint16_t port) {
    if (known_ != nullptr) known_->held.insert(port);
}

void pool_ports::settle(std::uint16_t port) {
    if (!is_held(port) || known_->used.contains(port)) return;
    known_->held.erase(port);
    source_.release(explicit_bind_pool, port);
}

std::vector<port_use> pool_ports::adopt() {
    if (known_ == nullptr) return {};
    std::vector<port_use> uses;
    known_->held = {};
    for (std::uint32_t port = range().first; port != 0 && port <= range().last; ++port) {
        auto const each = static_cast<std::uint16_t>(port);
        if (!known_->used.contains(each)) continue;
        known_->held.insert(each);
        uses.push_back({each, false});
    }
    return uses;
}

void pool_ports::disown() {
    if (known_ != nullptr) known_->held = {};
}

}  // namespace stack::socket
