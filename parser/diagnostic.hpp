// What is wrong with a profile: where, why, what was expected and what to do; as data and as text.
#pragma once

#include "parser/source/text.hpp"

#include <boost/json/array.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace parser {

enum class severity : std::uint8_t {
    error,    ///< the profile can't be used
    warning,  ///< it can, and probably does not do what was meant
    note      ///< worth knowing
};

/// What else z/OS ignores besides the place of the error itself.
enum class error_reach : std::uint8_t {
    statement,
    rest_of_block,
    rest_of_file  ///< all of it is taken for parameters of a block without an END word
};

struct diagnostic {
    severity level = severity::error;
    std::string message_id;  ///< the z/OS message, only where documented: "EZZ8307I"
    std::string text;        ///< one sentence without a full stop
    location where;
    std::vector<std::string> expected;  ///< what could have stood there
    std::string
        suggestion;  ///< what to write or do instead, a sentence without a full stop; or empty
    error_reach reach = error_reach::statement;
};

/// "error", "warning" or "note".
char const* name_of(severity level);

bool has_errors(std::span<diagnostic const> diagnostics);

/// What stands below the line of a diagnostic, one sentence each: what was expected, what to do,
/// what z/OS ignores too.
std::vector<std::string> remarks_of(diagnostic const& problem);

/// As a compiler prints it: `file:line:column: error: text`, the line with a marker, notes. Ends
/// with a newline.
std::string to_text(diagnostic const& problem);
std::string to_text(std::span<diagnostic const> diagnostics);

/// One object each: severity, messageId, text, file, line, column, length, sourceLine,
/// includedFrom, expected, suggestion, reach.
boost::json::array to_json(std::span<diagnostic const> diagnostics);

}  // namespace parser
