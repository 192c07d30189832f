// SAF: what of a name that an application wants is for the users of a resource.
#pragma once

#include "daemon/application/wanted_name.hpp"
#include "parser/configuration.hpp"

#include <set>
#include <string>
#include <vector>

namespace tcpplexd {

/// A resource, and the statement of the profile that asks for it.
struct guard {
    std::string resource;
    std::string statement;

    friend bool operator==(guard const&, guard const&) = default;
};

/// What `wanted` is guarded by: its address by VIPARANGE, its port by PORT, PORTRANGE or PORT
/// UNRSV. Only what counts for its job; none if it is free, or not for the job at all.
std::vector<guard> guards_of(parser::configuration const& all, wanted_name const& wanted);

/// All resources that the profile names, each with one statement that does.
std::vector<guard> all_guards(parser::configuration const& all);

}  // namespace tcpplexd
