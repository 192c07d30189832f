#include "parser/apply/application.hpp"
#include "parser/apply/port_text.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

char const* to_string(unreserved_check when) {
    return when == unreserved_check::bind ? "WHENBIND" : "WHENLISTEN";
}

std::string name_of(unreserved_statement const& wanted) {
    return fmt::format("PORT UNRSV {} {}", to_string(wanted.protocol), wanted.job.value);
}

void remove(application& run, unreserved_statement const& wanted) {
    auto& all = run.next.ports.unreserved;
    auto const of = all.find(wanted.protocol);
    if (of == all.end() || of->second.erase(wanted.job.value) == 0)
        return run.missing(wanted.job.where, fmt::format("there is no {}", name_of(wanted)),
                           "name protocol and job as the PORT UNRSV did");
    if (of->second.empty()) all.erase(of);
}

}  // namespace

void carry_out(application& run, unreserved_statement const& wanted) {
    if (wanted.remove) return remove(run, wanted);
    auto& all = run.next.ports.unreserved[wanted.protocol];
    // They agree, so any of them tells.
    if (!all.empty() && all.begin()->second.when != wanted.when)
        return run.error(wanted.job.where,
                         fmt::format("{} conflicts with the {} of the entries there are",
                                     to_string(wanted.when), to_string(all.begin()->second.when)),
                         "write the same on all entries; to change it, delete them all first",
                         "EZZ0147I");
    unreserved_user const user{wanted.deny, wanted.saf, wanted.when};
    all.insert_or_assign(wanted.job.value, user);
}

}  // namespace parser
