// Makes bytes of a file fit to be shown: on a terminal, in a log, in JSON.
#pragma once

#include <string>
#include <string_view>

namespace parser {

/// Whether all of it is UTF-8 (RFC 3629).
bool is_utf8(std::string_view text);

/// `text` with `?` for each control character but tabs, and for each byte beyond ASCII unless all
/// of it is UTF-8. Keeps the length, so that columns stay what they are.
std::string printable(std::string_view text);

/// A word as a message names it: printable, cut to 40 bytes.
std::string shown(std::string_view word);

}  // namespace parser
