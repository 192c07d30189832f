#include "parser/apply/application.hpp"
#include "parser/apply/port_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace parser {

namespace {

port_key key_of(port_statement const& wanted) {
    return {wanted.protocol, wanted.port.value, !wanted.bind, wanted.job.value_or("")};
}

/// Whether an entry without BIND is there.
bool has_unbound(reservations const& all, port_statement const& wanted) {
    auto const found = all.ports.lower_bound({wanted.protocol, wanted.port.value, true});
    return found != all.ports.end() && found->first.protocol == wanted.protocol &&
           found->first.port == wanted.port.value;
}

/// An entry that can't stand beside those there are, and why.
bool accept(application& run, port_statement const& wanted) {
    auto const& all = run.next.ports;
    auto const port = name_of(wanted);
    if (auto const range = all.find_range(wanted.protocol, wanted.port.value);
        range != all.ranges.end()) {
        run.error(wanted.port.where, fmt::format("{} is in {} already", port, name_of(*range)),
                  "remove one of them; a running stack's goes with DELETE PORTRANGE");
        return false;
    }
    auto const first = all.first_in(wanted.protocol, {wanted.port.value, wanted.port.value});
    bool const reserved_there = first != all.ports.end() && first->first.job.empty();
    if (first != all.ports.end() && reserved_there != !wanted.job) {
        run.error(wanted.port.where,
                  reserved_there ? fmt::format("{} is RESERVED already", port)
                                 : fmt::format("{} is given to a job already", port),
                  "a port is either RESERVED or given to jobs");
        return false;
    }
    if (!wanted.bind || !has_unbound(all, wanted)) return true;
    run.error(wanted.bind->where, fmt::format("{} has an entry without BIND before this one", port),
              "write entries with BIND before the one without it");
    return false;
}

/// DELETE PORT of a job without BIND takes away all that the job has.
void remove(application& run, port_statement const& wanted) {
    auto& all = run.next.ports.ports;
    auto key = key_of(wanted);
    bool found = false;
    if (wanted.bind) {
        if (auto const entry = all.find(key); entry != all.end()) {
            found = std::erase_if(entry->second, [&](auto const& user) {
                        return user.bind == wanted.bind->value;
                    }) != 0;
            if (entry->second.empty()) all.erase(entry);
        }
    } else {
        for (bool const any_address : {false, true}) {
            key.any_address = any_address;
            found = all.erase(key) != 0 || found;
        }
    }
    if (!found)
        run.missing(wanted.port.where,
                    fmt::format("{} is not {}", name_of(wanted), given_to(wanted.job)),
                    "name port, protocol and job as the PORT did that reserved it");
}

}  // namespace

void carry_out(application& run, port_statement const& wanted) {
    if (wanted.remove) return remove(run, wanted);
    auto& all = run.next.ports.ports;
    port_user const user{wanted.bind ? std::optional(wanted.bind->value) : std::nullopt,
                         wanted.options};
    auto const entry = all.find(key_of(wanted));
    if (entry != all.end()) {
        auto const same = std::find_if(entry->second.begin(), entry->second.end(),
                                       [&](auto const& other) { return other.bind == user.bind; });
        if (same != entry->second.end()) {
            *same = user;
            return;
        }
    }
    if (!accept(run, wanted)) return;
    all[key_of(wanted)].push_back(user);
}

}  // namespace parser
