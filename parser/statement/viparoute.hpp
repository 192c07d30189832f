// VIPAROUTE [DEFINE | DELETE] xcf target, and VIPASMPARMS.
#pragma once

#include "parser/grammar/value.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::viparoute {

using pegtl::opt;
using pegtl::plus;
using pegtl::seq;
using pegtl::sor;

struct xcf : any_ip {};
struct target : any_ip {};
struct password : word<password> {
    static bool accepts(std::string_view text);
    static std::string describe() { return "a password"; }
};

// clang-format off
struct route : seq<
    opt<sor<then<kw<"DEFINE">>, then<kw<"DELEte">>>>,
    phrase<xcf, target>> {};

struct service_manager : plus<sor<
    phrase<kw<"SMMCast">, ipv4>,
    phrase<kw<"SMPORt">, number<"a port", 1, 65535>>,
    phrase<kw<"SMPASS">, password>>> {};
// clang-format on

}  // namespace parser::grammar::viparoute
