// Expands the INCLUDEs and system symbols of a profile, before any statement is looked at.
//
// z/OS does it in this order too: its "OPENED INCLUDE FILE" messages come before "PROFILE
// PROCESSING BEGINNING".
#pragma once

#include "parser/diagnostic.hpp"
#include "parser/source/text.hpp"

#include <string>
#include <vector>

namespace parser {

/// Files within files; more is an error. z/OS documents no limit.
constexpr unsigned include_depth_limit = 16;
/// INCLUDEs of one profile, so that a few small files can't multiply without end.
constexpr std::size_t include_count_limit = 4096;
/// Bytes of the expanded text.
constexpr std::size_t expanded_size_limit = std::size_t{1} << 28;

struct expand_result {
    source_text source;
    std::vector<diagnostic> diagnostics;
};

/// What can't be read is left out, with a diagnostic; an undefined symbol stays as it is, with a
/// diagnostic.
expand_result expand(std::string const& name, source_reader const& read,
                     symbol_table const& symbols);

}  // namespace parser
