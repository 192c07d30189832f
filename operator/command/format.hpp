// tcpplex format: lays profiles out.
#pragma once

#include "operator/context.hpp"
#include "parser/source/text.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace operators {

enum class format_action : std::uint8_t {
    print,  ///< to the output
    check,  ///< prints nothing; says on the error output where the first difference is
    write   ///< to the file, whole or not at all
};

struct format_options {
    std::string file;                           ///< unless standard input
    std::optional<std::string> standard_input;  ///< its name in messages
    format_action action = format_action::print;
    parser::symbol_table symbols;
};

/// Formats one profile, with errors or without. exit_usage if it could not be read or written, or
/// is to be written and has another encoding; exit_failed if it is checked and not formatted.
int run_format(context const& with, format_options const& options);

}  // namespace operators
