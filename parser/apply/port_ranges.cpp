#include "parser/apply/application.hpp"
#include "parser/apply/port_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace parser {

namespace {

bool is_same_user(range_user const& user, portrange_statement const& wanted) {
    return user.job == wanted.job.value_or("") && user.authport == wanted.authport;
}

void remove(application& run, portrange_statement const& wanted) {
    auto& all = run.next.ports.ranges;
    std::string const name = name_of(wanted.protocol, wanted.ports.value);
    auto const found = all.find({wanted.protocol, wanted.ports.value.first});
    if (found == all.end() || found->second.last != wanted.ports.value.last ||
        !is_same_user(found->second, wanted))
        return run.missing(wanted.ports.where,
                           fmt::format("there is no {} {}", name, given_to(wanted.job)),
                           "name ports, protocol and job as the PORTRANGE did that reserved them");
    all.erase(found);
}

/// A range takes no port that PORT or another range has.
bool accept(application& run, portrange_statement const& wanted) {
    auto const& all = run.next.ports;
    std::string const name = name_of(wanted.protocol, wanted.ports.value);
    if (auto const other = all.first_overlap(wanted.protocol, wanted.ports.value);
        other != all.ranges.end()) {
        run.error(wanted.ports.where, fmt::format("{} overlaps {}", name, name_of(*other)),
                  "remove one of them; a running stack's goes with DELETE PORTRANGE");
        return false;
    }
    auto const port = all.first_in(wanted.protocol, wanted.ports.value);
    if (port == all.ports.end()) return true;
    run.error(wanted.ports.where,
              fmt::format("{} has port {}, which a PORT reserves", name, port->first.port),
              "leave the port out of the range; a running stack's goes with DELETE PORT");
    return false;
}

/// Whether a port of `ports` is in no PORT and no PORTRANGE.
bool any_is_left(reservations const& all, port_protocol protocol, port_range ports) {
    for (std::uint32_t each = ports.first; each <= ports.last; ++each) {
        auto const port = static_cast<std::uint16_t>(each);
        if (auto const range = all.find_range(protocol, port); range != all.ranges.end())
            each = range->second.last;
        else if (all.first_in(protocol, {port, port}) == all.ports.end())
            return true;
    }
    return false;
}

/// Reserved ports are nobody's to choose; `parameter` names those that could be.
void check_choice(application& run, span where, port_protocol protocol, port_range ports,
                  std::string_view parameter) {
    if (any_is_left(run.next.ports, protocol, ports)) return;
    run.warning(where,
                fmt::format("no port of {} from {} to {} is left, all are reserved", parameter,
                            ports.first, ports.last),
                fmt::format("make {} larger or the range smaller", parameter));
}

/// A server that distributes the port could not listen on it.
void check_service(application& run, span where, dvipa_configuration const& dvipa,
                   port_range ports) {
    auto const& all = run.next.ports;
    auto range = all.first_overlap(port_protocol::tcp, ports);
    for (; range != all.ranges.end() && range->first.first == port_protocol::tcp &&
           range->first.second <= ports.last;
         ++range)
        if (range->second.job.empty())
            run.warning(where,
                        fmt::format("{} takes ports of {} that VIPADISTRIBUTE names: no server "
                                    "can listen on them here",
                                    name_of(*range), dvipa.address.to_string()),
                        "give the range to the servers' job");
}

}  // namespace

void carry_out(application& run, portrange_statement const& wanted) {
    if (wanted.remove) return remove(run, wanted);
    auto& all = run.next.ports.ranges;
    range_user const user{wanted.ports.value.last, wanted.job.value_or(""), wanted.authport,
                          wanted.options};
    auto const same = all.find({wanted.protocol, wanted.ports.value.first});
    if (same != all.end() && same->second.last == user.last && is_same_user(same->second, wanted)) {
        same->second = user;
        return;
    }
    if (!accept(run, wanted)) return;
    all.emplace(std::pair(wanted.protocol, wanted.ports.value.first), user);
}

void settle_ports(application& run, span where) {
    if (run.next.ports.ranges == run.running.ports.ranges) return;
    check_choice(run, where, port_protocol::tcp, run.next.tcp.ephemeral,
                 "TCPCONFIG EPHEMERALPORTS");
    check_choice(run, where, port_protocol::udp, run.next.udp.ephemeral,
                 "UDPCONFIG EPHEMERALPORTS");
    if (auto const& pool = run.next.global.explicit_bind_ports)
        check_choice(run, where, port_protocol::tcp, *pool, "EXPLICITBINDPORTRANGE");
    for (auto const& dvipa : run.next.dvipas)
        for (auto const& part : dvipa.distributions)
            if (part.ports) check_service(run, where, dvipa, *part.ports);
}

}  // namespace parser
