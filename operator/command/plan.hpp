// tcpplex plan: what would an OBEYFILE change? Without a daemon, without privileges.
#pragma once

#include "operator/context.hpp"
#include "parser/source/text.hpp"

#include <optional>
#include <string>

namespace operators {

struct plan_options {
    std::string running;                        ///< a profile
    std::string change;                         ///< an OBEYFILE, unless standard input
    std::optional<std::string> standard_input;  ///< its name in messages
    bool as_zos = false;                        ///< faulty statements of the change are skipped
    parser::symbol_table symbols;
};

/// Prints the difference as text, or as one JSON document with the diagnostics. exit_usage if a
/// file can't be read or `running` has errors, else exit_failed if the change has.
int run_plan(context const& with, plan_options const& options);

}  // namespace operators
