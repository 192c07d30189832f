// PORT, PORTRANGE, PORT UNRSV and SRCIP.
#include "parser/apply/port_text.hpp"
#include "parser/print/entries.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

/// In the order of the syntax diagram.
std::string words_of(port_options const& options, std::optional<ip_address> const& bind) {
    std::string out;
    if (options.no_autolog) out += " NOAUTOLOG";
    if (options.delay_acks) out += *options.delay_acks ? " DELAYACKS" : " NODELAYACKS";
    if (options.sharing == listener_sharing::shareport) out += " SHAREPORT";
    if (options.sharing == listener_sharing::shareport_wlm) out += " SHAREPORTWLM";
    if (bind) out += " BIND " + bind->to_string();
    if (options.saf) out.append(" SAF ").append(options.saf->view());
    return out;
}

std::string user_of(range_user const& range) {
    if (range.authport) return "AUTHPORT";
    return range.job.empty() ? "RESERVED" : range.job;
}

std::string words_of(unreserved_user const& user, port_protocol protocol) {
    std::string out;
    if (user.deny) out += " DENY";
    if (user.saf) out += " SAF " + *user.saf;
    if (protocol == port_protocol::tcp && user.when == unreserved_check::bind) out += " WHENBIND";
    return out;
}

std::string text_of(source_choice const& source) {
    if (auto const* address = std::get_if<ip_address>(&source)) return address->to_string();
    if (auto const* interface = std::get_if<std::string>(&source)) return *interface;
    return std::get<address_preference>(source) == address_preference::temporary ? "TEMPADDRS"
                                                                                 : "PUBLICADDRS";
}

void write(entries& into, std::map<job_key, source_choice> const& rules, char const* role) {
    for (auto const& [key, source] : rules)
        into.push_back({fmt::format("JOBNAME {} {} {}", key.job, key.v4 ? 4 : 6, role),
                        fmt::format("JOBNAME {} {} {}", key.job, text_of(source), role)});
}

}  // namespace

void write_reservations(entries& into, configuration const& from) {
    auto const& all = from.ports;
    for (auto const& [key, users] : all.ports)
        for (auto const& user : users) {
            auto const start = fmt::format("PORT {} {} {}", key.port, to_string(key.protocol),
                                           key.job.empty() ? "RESERVED" : key.job);
            into.push_back({user.bind ? start + " BIND " + user.bind->to_string() : start,
                            start + words_of(user.options, user.bind)});
        }
    for (auto const& range : all.ranges) {
        auto const start = name_of(range);
        into.push_back({start, fmt::format("{} {}{}", start, user_of(range.second),
                                           words_of(range.second.options, {}))});
    }
    for (auto const& [protocol, users] : all.unreserved)
        for (auto const& [job, user] : users) {
            auto const start = fmt::format("PORT UNRSV {} {}", to_string(protocol), job);
            into.push_back({start, start + words_of(user, protocol)});
        }
}

void write_sources(entries& into, configuration const& from) {
    auto const& rules = from.sources;
    write(into, rules.clients, "CLIENT");
    write(into, rules.servers, "SERVER");
    for (auto const& [network, source] : rules.destinations)
        into.push_back({"DESTINATION " + network.to_string(),
                        fmt::format("DESTINATION {} {}", network.to_string(), text_of(source))});
}

}  // namespace parser
