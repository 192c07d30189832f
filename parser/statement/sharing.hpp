// [SYSPLEXPorts [BITMAP | LIST | HASHTABLE] [GRAIN n] | NOSYSPLEXPorts], which stands on three
// statements.
#pragma once

#include "parser/grammar/value.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::sharing {

using pegtl::opt;
using pegtl::sor;

struct grain : word<grain> {
    static bool accepts(std::string_view text) {
        return text == "1" || text == "64" || text == "128" || text == "256" || text == "512" ||
               text == "1024";
    }
    static std::string describe() { return "a grain (1, 64, 128, 256, 512 or 1024 ports)"; }
};

// clang-format off
struct form : sor<kw<"BITMAP">, kw<"LIST">, kw<"HASHTABLE">> {};
struct on : phrase<kw<"SYSPLEXPorts">, opt<then<form>>, opt<phrase<kw<"GRAIN">, grain>>> {};
struct off : then<kw<"NOSYSPLEXPorts">> {};
struct keyword : sor<on, off> {};
// clang-format on

}  // namespace parser::grammar::sharing
