#include "daemon/node/guard.hpp"

#include "daemon/change/translate.hpp"
#include "stack/core/job_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace tcpplexd {

namespace {

char const* text_of(parser::port_protocol protocol) {
    return protocol == parser::port_protocol::tcp ? "TCP" : "UDP";
}

std::string port_text(parser::port_protocol protocol, std::uint16_t port) {
    return fmt::format("PORT {} {}", port, text_of(protocol));
}

std::string range_text(parser::port_protocol protocol, std::uint16_t first,
                       parser::range_user const& range) {
    return fmt::format("PORTRANGE {} {} {}", first, range.last - first + 1, text_of(protocol));
}

std::string unreserved_text(parser::port_protocol protocol, std::string_view job) {
    return fmt::format("PORT UNRSV {} {}", text_of(protocol), job);
}

std::string viparange_text(parser::vipa_range const& range) {
    return "VIPARANGE " + range.network.to_string();
}

std::optional<guard> guard_of(parser::port_options const& options, std::string statement) {
    if (!options.saf) return std::nullopt;
    return guard{std::string(options.saf->view()), std::move(statement)};
}

std::optional<guard> guard_of(std::optional<std::string> const& saf, std::string statement) {
    if (!saf) return std::nullopt;
    return guard{*saf, std::move(statement)};
}

/// PORT UNRSV looks at a listener when it binds or, WHENLISTEN, when it listens: here that is one
/// request. At others it looks WHENBIND only.
bool looks_at(parser::unreserved_user const& user, wanted_name const& wanted) {
    return wanted.what == wanted_name::use::listen || user.when == parser::unreserved_check::bind;
}

std::optional<guard> port_guard(parser::reservations const& all, wanted_name const& wanted) {
    auto const port = wanted.local.port;
    if (port == 0) return std::nullopt;
    auto const protocol = wanted.is_tcp() ? parser::port_protocol::tcp : parser::port_protocol::udp;
    if (all.first_in(protocol, {port, port}) != all.ports.end()) {
        auto const* const user = all.find(protocol, port, wanted.job, to_parser(wanted.local.host));
        return user == nullptr ? std::nullopt : guard_of(user->options, port_text(protocol, port));
    }
    if (auto const range = all.find_range(protocol, port); range != all.ranges.end()) {
        bool const its = stack::is_for_job(range->second.job, wanted.job);
        return its ? guard_of(range->second.options,
                              range_text(protocol, range->first.second, range->second))
                   : std::nullopt;
    }
    auto const* const user = all.find_unreserved(protocol, wanted.job);
    if (user == nullptr || !looks_at(*user, wanted)) return std::nullopt;
    return guard_of(user->saf, unreserved_text(protocol, wanted.job));
}

/// Not of an address that the profile defines by itself.
std::optional<guard> address_guard(parser::configuration const& all, wanted_name const& wanted) {
    auto const host = to_parser(wanted.local.host);
    auto const* const range = all.find_range(host);
    bool const is_home =
        std::any_of(all.interfaces.begin(), all.interfaces.end(),
                    [&](auto const& interface) { return interface.address == host; });
    if (range == nullptr || is_home || all.find_dvipa(host) != nullptr) return std::nullopt;
    return guard_of(range->saf, viparange_text(*range));
}

}  // namespace

std::vector<guard> guards_of(parser::configuration const& all, wanted_name const& wanted) {
    std::vector<guard> result;
    if (auto found = address_guard(all, wanted)) result.push_back(std::move(*found));
    if (auto found = port_guard(all.ports, wanted)) result.push_back(std::move(*found));
    return result;
}

std::vector<guard> all_guards(parser::configuration const& all) {
    std::vector<guard> result;
    std::set<std::string> seen;
    auto const add = [&](std::optional<guard> found) {
        if (found && seen.insert(found->resource).second) result.push_back(std::move(*found));
    };
    for (auto const& [key, users] : all.ports.ports)
        for (auto const& user : users)
            if (user.options.saf) add(guard_of(user.options, port_text(key.protocol, key.port)));
    for (auto const& [key, user] : all.ports.ranges)
        add(guard_of(user.options, range_text(key.first, key.second, user)));
    for (auto const& [protocol, users] : all.ports.unreserved)
        for (auto const& [job, user] : users)
            add(guard_of(user.saf, unreserved_text(protocol, job)));
    for (auto const& range : all.ranges)
        add(guard_of(range.saf, viparange_text(range)));
    return result;
}

}  // namespace tcpplexd
