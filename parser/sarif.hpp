// Diagnostics as SARIF 2.1.0 (OASIS), which code review systems and editors take in.
#pragma once

#include "parser/diagnostic.hpp"

#include <boost/json/object.hpp>

#include <span>
#include <string_view>

namespace parser {

/// The log of one run of tcpplex `version`. A result's rule is its z/OS message id; without one it
/// is `tcpplex.error`, `tcpplex.warning` or `tcpplex.note`. The INCLUDEs that led to its file are
/// its related locations, innermost first. Columns count code points of UTF-8, bytes where a file
/// is something else.
boost::json::object to_sarif(std::span<diagnostic const> diagnostics, std::string_view version);

}  // namespace parser
