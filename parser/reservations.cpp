#include "parser/reservations.hpp"

#include <tuple>

namespace parser {

bool operator<(port_key const& a, port_key const& b) {
    auto const place = [](port_key const& key) {
        return std::tuple(key.protocol, key.port, key.any_address);
    };
    if (place(a) != place(b)) return place(a) < place(b);
    return more_specific_job()(a.job, b.job);
}

port_user const* reservations::find(port_protocol protocol, std::uint16_t port,
                                    std::string_view job) const {
    auto const names = names_for(job);
    for (bool const any_address : {false, true})
        for (auto const& name : names)
            if (auto const found = ports.find({protocol, port, any_address, name});
                found != ports.end())
                return &found->second.front();
    return nullptr;
}

namespace {

bool is_any(ip_address const& host) {
    return host == ip_address{} || host == ip_address::v4(0);
}

/// Whether an entry of PORT is about sockets of `host`.
bool is_about(port_user const& user, ip_address const& host) {
    if (!user.bind || *user.bind == host) return true;
    return is_any(host) && (host == ip_address{} || user.bind->is_v4());
}

}  // namespace

port_user const* reservations::find(port_protocol protocol, std::uint16_t port,
                                    std::string_view job, ip_address const& host) const {
    auto const names = names_for(job);
    port_user const* elsewhere = nullptr;
    for (bool const any_address : {false, true})
        for (auto const& name : names) {
            auto const found = ports.find({protocol, port, any_address, name});
            if (found == ports.end()) continue;
            for (auto const& user : found->second)
                if (is_about(user, host)) return &user;
            if (elsewhere == nullptr) elsewhere = &found->second.front();
        }
    return elsewhere;
}

auto reservations::find_range(port_protocol protocol, std::uint16_t port) const
    -> decltype(ranges.cbegin()) {
    return first_overlap(protocol, {port, port});
}

auto reservations::first_in(port_protocol protocol, port_range range) const
    -> decltype(ports.cbegin()) {
    auto const found = ports.lower_bound({protocol, range.first});
    bool const within = found != ports.end() && found->first.protocol == protocol &&
                        found->first.port <= range.last;
    return within ? found : ports.end();
}

auto reservations::first_overlap(port_protocol protocol, port_range range) const
    -> decltype(ranges.cbegin()) {
    auto found = ranges.upper_bound({protocol, range.first});
    if (found != ranges.begin()) {
        auto const before = std::prev(found);
        if (before->first.first == protocol && before->second.last >= range.first) return before;
    }
    bool const within = found != ranges.end() && found->first.first == protocol &&
                        found->first.second <= range.last;
    return within ? found : ranges.end();
}

unreserved_user const* reservations::find_unreserved(port_protocol protocol,
                                                     std::string_view job) const {
    auto const of = unreserved.find(protocol);
    if (of == unreserved.end()) return nullptr;
    for (auto const& name : names_for(job))
        if (auto const found = of->second.find(name); found != of->second.end())
            return &found->second;
    return nullptr;
}

}  // namespace parser
