// What the method of a distribution asks of its targets.
#pragma once

#include "parser/apply/application.hpp"

#include <optional>
#include <string>

namespace parser {

/// What messages call a distribution; made when there is something to say.
struct distribution_name {
    ip_address const& dvipa;
    std::optional<port_range> const& ports;

    std::string to_string() const;  ///< "10.1.9.9 port 80"
};

/// WEIGHT and PREFERRED or BACKUP stand where the method, that of `result`, has a use for them;
/// says so if not. False if the statement has no effect.
bool accept_target_options(application& run, distribution_name const& name,
                           distribution const& result, vipadistribute_statement const& wanted);

/// HOTSTANDBY has one preferred target and 1 to 31 backups, by name; says so if not. `where` is
/// the ports.
bool accept_standby(application& run, distribution_name const& name, distribution const& result,
                    span where);

/// Weights and roles that the method has no use for do not come back with a later DISTMETHOD.
void forget_what_the_method_ignores(distribution& in);

}  // namespace parser
