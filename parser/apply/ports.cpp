#include "parser/apply/application.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace parser {

namespace {

std::string name_of(port_statement const& wanted) {
    return fmt::format("{} {}", wanted.port.value,
                       wanted.protocol == port_protocol::tcp ? "TCP" : "UDP");
}

/// An entry that can't stand beside those there are, and why.
bool accept(application& run, port_statement const& wanted, std::vector<port_user> const& users) {
    std::string const port = name_of(wanted);
    bool const reserved_there =
        std::any_of(users.begin(), users.end(), [](auto const& user) { return !user.job; });
    if (!users.empty() && reserved_there != !wanted.job) {
        run.error(wanted.port.where,
                  reserved_there ? fmt::format("port {} is RESERVED already", port)
                                 : fmt::format("port {} is given to a job already", port),
                  "a port is either RESERVED or given to jobs");
        return false;
    }
    bool const unbound_there =
        std::any_of(users.begin(), users.end(), [](auto const& user) { return !user.bind; });
    if (!wanted.bind || !unbound_there) return true;
    run.error(wanted.bind->where,
              fmt::format("port {} has an entry without BIND before this one", port),
              "write entries with BIND before the one without it");
    return false;
}

}  // namespace

void carry_out(application& run, port_statement const& wanted) {
    auto& users = run.next.ports[{wanted.port.value, wanted.protocol}];
    port_user const user{
        wanted.job, wanted.bind ? std::optional(wanted.bind->value) : std::optional<ip_address>(),
        wanted.no_autolog};
    auto const same = std::find_if(users.begin(), users.end(), [&](auto const& other) {
        return other.job == user.job && other.bind == user.bind;
    });
    if (same != users.end()) {
        *same = user;
        return;
    }
    if (!accept(run, wanted, users)) return;
    users.push_back(user);
    run.changed(change_kind::port_added,
                fmt::format("port {} {}", name_of(wanted),
                            user.job ? "given to " + *user.job : std::string("reserved")));
}

}  // namespace parser
