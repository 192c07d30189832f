// Lays a profile out as z/OS users write them: changes blanks and ends of lines, and nothing else.
#pragma once

#include "parser/parse.hpp"

#include <string>

namespace parser::format {

/// The text of the profile itself, laid out; its INCLUDEs stay as they are. Works on any text, with
/// errors too. Blank lines stay, several becoming one; lines end as the first one does. Formatting
/// the result changes nothing if it reads_as_it_is().
std::string format(parse_result const& parsed);

/// Whether a file with this text would be read as the text stands. Not if it begins with a byte
/// order mark, which may have stood behind blanks, or looks like EBCDIC without them, as a text in
/// several code pages may.
bool reads_as_it_is(std::string const& text);

}  // namespace parser::format
