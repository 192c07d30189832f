// PORT: a list of reservations, each `number {TCP | UDP} {RESERVED | job [options]}`.
#pragma once

#include "parser/grammar/value.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::port {

using pegtl::opt;
using pegtl::plus;
using pegtl::seq;
using pegtl::sor;

struct port_number : number<"a port", 1, 65535> {};
struct job : job_name {};
struct bind_address : any_ip {};

// clang-format off
struct protocol : sor<kw<"TCP">, kw<"UDP">> {};

struct options : seq<
    opt<then<kw<"NOAUTOLog">>>,
    opt<sor<then<kw<"DELAYAcks">>, noted<"all ports follow TCPCONFIG", kw<"NODELAYAcks">>>>,
    opt<sor<unsupported<kw<"SHAREPORTWLM">>, unsupported<kw<"SHAREPort">>>>,
    opt<phrase<kw<"BIND">, bind_address>>,
    opt<unsupported<kw<"SAF">, name>>,
    opt<sor<unsupported<kw<"NOSMC">>, unsupported<kw<"NOSMCR">>, unsupported<kw<"SMC">>>>> {};

struct user : sor<then<kw<"RESERVED">>, seq<then<job>, options>> {};
struct entry : phrase<port_number, protocol, user> {};

struct statement : plus<sor<entry, unsupported_rest<kw<"UNRSV">>>> {};
// clang-format on

}  // namespace parser::grammar::port
