// tcpplex check: are these profiles right? Without a daemon, without privileges.
#pragma once

#include "operator/context.hpp"
#include "parser/source/text.hpp"

#include <optional>
#include <string>
#include <vector>

namespace operators {

struct check_options {
    std::vector<std::string> files;
    std::optional<std::string> standard_input;  ///< its name in messages, if it is to be checked
    std::string running;                        ///< a file, or empty
    bool sarif = false;                         ///< instead of text; not together with JSON
    parser::symbol_table symbols;
};

/// Checks standard input and each file as an initial profile of its own; with `running`, as an
/// OBEYFILE for a stack that runs that profile. Diagnostics go to the error output, or as one JSON
/// or SARIF document to the output. exit_usage if anything could not be read or `running` has
/// errors, else exit_failed if there are errors.
int run_check(context const& with, check_options const& options);

}  // namespace operators
