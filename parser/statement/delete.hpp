// DELETE: what kind of thing; the rest is as in the statement that defines it.
#pragma once

#include "parser/grammar/value.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::deletion {

using pegtl::sor;

struct statement
    : sor<then<kw<"PORT">>, then<kw<"PORTRange">>, then<kw<"DEVice">>, then<kw<"LINK">>> {};

}  // namespace parser::grammar::deletion
