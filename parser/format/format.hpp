// Lays a profile out as z/OS users write them: changes blanks and ends of lines, and nothing else.
#pragma once

#include "parser/parse.hpp"

#include <string>

namespace parser::format {

/// The text of the profile itself, laid out; its INCLUDEs stay as they are. Works on any text, with
/// errors too. Blank lines stay, several becoming one; lines end as the first one does. Formatting
/// the result changes nothing.
std::string format(parse_result const& parsed);

}  // namespace parser::format
