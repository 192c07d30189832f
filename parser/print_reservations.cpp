#include "parser/apply/port_text.hpp"
#include "parser/reservations.hpp"

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

}  // namespace

std::string to_profile(reservations const& all) {
    std::string out;
    for (auto const& [key, users] : all.ports)
        for (auto const& user : users)
            out += fmt::format("PORT {} {} {}{}\n", key.port, to_string(key.protocol),
                               key.job.empty() ? "RESERVED" : key.job,
                               words_of(user.options, user.bind));
    for (auto const& range : all.ranges)
        out += fmt::format("{} {}{}\n", name_of(range), user_of(range.second),
                           words_of(range.second.options, {}));
    for (auto const& [protocol, users] : all.unreserved)
        for (auto const& [job, user] : users)
            out += fmt::format("PORT UNRSV {} {}{}\n", to_string(protocol), job,
                               words_of(user, protocol));
    return out;
}

}  // namespace parser
