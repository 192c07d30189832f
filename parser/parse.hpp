// From the text of a PROFILE.TCPIP or OBEYFILE to its statements.
#pragma once

#include "parser/diagnostic.hpp"
#include "parser/model/profile.hpp"
#include "parser/outline.hpp"

#include <string>
#include <vector>

namespace parser {

struct parse_result {
    parser::profile profile;  ///< every well-formed statement, also if there are errors
    std::vector<diagnostic>
        diagnostics;  ///< those about files and symbols, then the others in the order of the text
    std::vector<outline_entry> outline;  ///< in the order of the text
    bool whole = true;                   ///< false: too many errors, the rest was not looked at

    bool ok() const { return !has_errors(diagnostics); }
};

/// Reads `name` through `read`, expands INCLUDEs (through `read` too) and symbols, and parses it.
/// Does not throw on any input; what can't be read is a diagnostic.
parse_result parse(std::string const& name, source_reader const& read,
                   symbol_table const& symbols = {});

/// The keywords that could stand next at the end of the profile `name`, with their minimum
/// abbreviation in upper case: those of its last statement and the statements that may follow.
std::vector<std::string> keywords_at_end(std::string const& name, source_reader const& read,
                                         symbol_table const& symbols = {});

/// Opens files with the rights of this process.
source_reader file_reader();

/// Gives texts already in memory; opens nothing.
source_reader memory_reader(std::map<std::string, std::string> texts);

}  // namespace parser
