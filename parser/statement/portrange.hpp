// PORTRANGE and DELETE PORTRANGE: a list of `first count {TCP | UDP} {RESERVED | AUTHPORT | job
// [options]}`.
#pragma once

#include "parser/statement/port_options.hpp"

namespace parser::grammar::portrange {

using pegtl::opt;
using pegtl::plus;
using pegtl::seq;
using pegtl::sor;

struct first_port : number<"the first port", 1, 65535> {};
struct count : number<"a number of ports", 1, 65535> {};

// clang-format off
struct options : seq<
    port_options::no_autolog,
    port_options::acknowledging,
    opt<port_options::saf>,
    port_options::smc> {};

struct user : sor<
    then<kw<"RESERVED">>,
    then<kw<"AUTHPORT">>,
    seq<then<port_options::job>, options>> {};
struct entry : phrase<first_port, count, port_options::protocol, user> {};

struct statement : plus<entry> {};
// clang-format on

}  // namespace parser::grammar::portrange
