#include "stack/socket/ports.hpp"

#include <algorithm>

namespace stack::socket {
namespace {

template <class Value>
Value* find_by_address(std::vector<std::pair<address, std::unique_ptr<Value>>> const& list,
                       address const& host) {
    for (auto const& entry : list)
        if (entry.first == host) return entry.second.get();
    return nullptr;
}

template <class Value>
Value& of_address(std::vector<std::pair<address, std::unique_ptr<Value>>>& list,
                  address const& host) {
    if (auto* const found = find_by_address(list, host)) return *found;
    return *list.emplace_back(host, std::make_unique<Value>()).second;
}

void unite(port_set& into, port_set const* from) {
    if (from == nullptr) return;
    for (std::size_t i = 0; i < into.words.size(); ++i)
        into.words[i] |= from->words[i];
}

}  // namespace

void ports::configure() {
    ++version_;
    excluded_ = {};
    auto const& settings = topology_.settings();
    for (unsigned port = 0; port <= 0xffff; ++port)
        if (port == 0 || port < settings.tcp.first_ephemeral ||
            port > settings.tcp.last_ephemeral ||
            settings.explicit_bind.contains(static_cast<std::uint16_t>(port)))
            excluded_.insert(static_cast<std::uint16_t>(port));
    for (auto const& reservation : settings.ports)
        if (reservation.tcp) excluded_.insert(reservation.port);
    if (!pool_.configure()) return;
    for (auto const& [local, r] : records_)
        pool_.add(local.port, r.sources() + r.services());
}

void ports::add(port_user user, endpoint const& local) {
    auto& r = records_[local];
    bool const was_named = r.named() != 0;
    ++count_of(r, user);
    pool_.add(local.port);
    if (!was_named && r.named() != 0) name(local, true);
}

void ports::remove(port_user user, endpoint const& local) {
    auto const at = records_.find(local);
    if (at == records_.end()) return;
    auto& r = at->second;
    bool const was_named = r.named() != 0;
    if (auto& count = count_of(r, user); count != 0) {
        --count;
        pool_.remove(local.port);
    }
    if (was_named && r.named() == 0) name(local, false);
    settle(local);
    // A listener on any address served its port on every shared one.
    if (user == port_user::listener && local.host.is_unspecified()) settle_everywhere(local.port);
}

bool ports::is_taken(endpoint const& local, bool shared) const {
    auto const blocks = [&](endpoint const& where) {
        auto const* const r = find(where);
        return r != nullptr && (r->active != 0 || (r->named() != 0 && !shared));
    };
    if (blocks(any(local))) return true;
    if (!local.host.is_unspecified()) return blocks(local);
    auto const& settings = topology_.settings();
    auto const on = [&](auto const& place) {
        return place.host.any() == local.host && blocks({place.host, local.port});
    };
    return std::any_of(settings.interfaces.begin(), settings.interfaces.end(), on) ||
           std::any_of(settings.dvipas.begin(), settings.dvipas.end(), on);
}

bool ports::is_free(endpoint const& local) const {
    return find(any(local)) == nullptr && find(local) == nullptr;
}

std::uint32_t ports::listeners(endpoint const& local) const {
    std::uint32_t count = 0;
    if (auto const* const r = find(any(local))) count += r->listeners;
    if (local.host.is_unspecified()) return count;
    if (auto const* const r = find(local)) count += r->listeners;
    return count;
}

port_set const& ports::excluded(dvipa_settings const& dvipa) {
    auto& cached = of_address(exclusions_, dvipa.host);
    if (cached.version == version_) return cached.ports;
    cached.version = version_;
    cached.ports = excluded_;
    for (auto const& each : dvipa.distributions)
        for (std::uint32_t port = each.first_port; port != 0 && port <= each.last_port; ++port)
            cached.ports.insert(static_cast<std::uint16_t>(port));
    unite(cached.ports, find_by_address(named_, dvipa.host));
    unite(cached.ports, find_by_address(named_, dvipa.host.any()));
    return cached.ports;
}

bool ports::is_held(endpoint const& local) const {
    auto const* const r = find(local);
    return r != nullptr && r->held;
}

bool ports::is_served(endpoint const& local) const {
    auto const* const r = find(local);
    return r != nullptr && r->served;
}

void ports::mark_held(endpoint const& local) {
    records_[local].held = true;
}

void ports::mark_served(endpoint const& local) {
    auto& r = records_[local];
    r.served = true;
    r.held = false;
}

void ports::settle(endpoint const& local) {
    auto const at = records_.find(local);
    if (at == records_.end()) return;
    auto& r = at->second;
    if (r.held && r.sources() == 0) {
        r.held = false;
        source_.release(local.host, local.port);
    }
    auto const* const everywhere = find(any(local));
    bool const listened = everywhere != nullptr && everywhere->listeners != 0;
    if (r.served && r.sources() + r.services() == 0 && !listened) {
        r.served = false;
        source_.unserve(local.host, local.port);
    }
    if (r.sources() + r.services() == 0 && !r.held && !r.served) records_.erase(at);
}

std::vector<port_use> ports::adopt(address const& dvipa) {
    if (dvipa == explicit_bind_pool) return pool_.adopt();
    // Listeners on any address serve this one as well.
    std::vector<std::uint16_t> everywhere;
    each_listener([&](endpoint const& where) {
        if (where.host == dvipa.any()) everywhere.push_back(where.port);
    });
    for (auto port : everywhere)
        records_[{dvipa, port}].served = true;
    // By connection, only bound sockets hold ports; connections are told of one by one.
    auto const* const settings = topology_.dvipa(dvipa);
    bool const by_connection = settings != nullptr && settings->shared_by_connection;
    std::vector<port_use> uses;
    for (auto& [where, r] : records_) {
        if (where.host != dvipa) continue;
        r.held = (by_connection ? r.bound : r.sources()) != 0;
        r.served = r.served || r.services() != 0;
        if (r.held) uses.push_back({where.port, false});
        if (r.served) uses.push_back({where.port, true});
    }
    return uses;
}

void ports::disown(address const& dvipa) {
    if (dvipa == explicit_bind_pool) return pool_.disown();
    boost::unordered::erase_if(records_, [&](auto& entry) {
        if (entry.first.host != dvipa) return false;
        auto& r = entry.second;
        r.held = false;
        r.served = false;
        return r.sources() + r.services() == 0;
    });
}

std::vector<port_use> ports::in_use(address const& local) const {
    std::vector<port_use> uses;
    for (auto const& [where, r] : records_) {
        if (where.host != local) continue;
        if (r.sources() != 0) uses.push_back({where.port, false});
        if (r.services() != 0) uses.push_back({where.port, true});
    }
    return uses;
}

std::uint32_t& ports::count_of(record& r, port_user user) {
    switch (user) {
        case port_user::active:
            return r.active;
        case port_user::passive:
            return r.passive;
        case port_user::bound:
            return r.bound;
        case port_user::listener:
            break;
    }
    return r.listeners;
}

ports::record const* ports::find(endpoint const& local) const {
    auto const at = records_.find(local);
    return at == records_.end() ? nullptr : &at->second;
}

void ports::name(endpoint const& local, bool present) {
    auto& set = of_address(named_, local.host);
    if (present)
        set.insert(local.port);
    else
        set.erase(local.port);
    ++version_;
}

void ports::settle_everywhere(std::uint16_t port) {
    std::vector<address> hosts;
    for (auto const& entry : records_)
        if (entry.first.port == port && entry.second.served) hosts.push_back(entry.first.host);
    for (auto const& host : hosts)
        settle({host, port});
}

}  // namespace stack::socket
