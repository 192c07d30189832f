#include "parser/apply/application.hpp"
#include "parser/apply/port_text.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

std::string_view job_of(port_statement const& wanted) {
    return wanted.job ? wanted.job->view() : std::string_view();
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
    if (auto const range = all.find_range(wanted.protocol, wanted.port.value);
        range != all.ranges.end()) {
        run.error(wanted.port.where,
                  fmt::format("{} is in {} already", name_of(wanted), name_of(*range)),
                  "remove one of them; a running stack's goes with DELETE PORTRANGE");
        return false;
    }
    auto const first = run.find.ports().first(wanted.protocol, wanted.port.value);
    bool const is_first = first == run.find.ports().end();
    bool const reserved_there = !is_first && first->first.job.empty();
    if (!is_first && reserved_there != !wanted.job) {
        run.error(wanted.port.where,
                  reserved_there ? fmt::format("{} is RESERVED already", name_of(wanted))
                                 : fmt::format("{} is given to a job already", name_of(wanted)),
                  "a port is either RESERVED or given to jobs");
        return false;
    }
    if (!wanted.bind || !has_unbound(all, wanted)) return true;
    run.error(wanted.bind->where,
              fmt::format("{} has an entry without BIND before this one", name_of(wanted)),
              "write entries with BIND before the one without it");
    return false;
}

/// Whether there was one.
bool remove(application& run, port_statement const& wanted, port_entries::iterator entry) {
    auto& entries = run.find.ports();
    if (entry == entries.end()) return false;
    if (wanted.bind) {
        auto const* gone = run.find.user(entry->first, entry->second, wanted.bind->value);
        if (gone == nullptr) return false;
        if (run.find.remove(entry->first, entry->second, *gone)) return true;
    }
    run.find.forget_users(entry->first);
    entries.erase(entry);
    return true;
}

/// DELETE PORT of a job without BIND takes away all that the job has.
void remove(application& run, port_statement const& wanted) {
    bool found = false;
    for (bool const any_address : {false, true}) {
        if (any_address && wanted.bind) break;
        auto const entry =
            run.find.ports().find(wanted.protocol, wanted.port.value, any_address, job_of(wanted));
        found = remove(run, wanted, entry) || found;
    }
    if (!found)
        run.missing(wanted.port.where,
                    fmt::format("{} is not {}", name_of(wanted), given_to(wanted.job)),
                    "name port, protocol and job as the PORT did that reserved it");
}

}  // namespace

void carry_out(application& run, port_statement const& wanted) {
    if (wanted.remove) return remove(run, wanted);
    port_user const user{wanted.bind ? std::optional(wanted.bind->value) : std::nullopt,
                         wanted.options};
    auto& entries = run.find.ports();
    auto entry = entries.find(wanted.protocol, wanted.port.value, !wanted.bind, job_of(wanted));
    if (entry != entries.end())
        if (auto* same = run.find.user(entry->first, entry->second, user.bind)) {
            *same = user;
            return;
        }
    if (!accept(run, wanted)) return;
    if (entry == entries.end())
        entry = entries.add(
            {wanted.protocol, wanted.port.value, !wanted.bind, std::string(job_of(wanted))});
    entry->second.push_back(user);
}

}  // namespace parser
