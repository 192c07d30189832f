// What PORT and PORTRANGE have in common: the protocol, the job, and the options after it.
#pragma once

#include "parser/grammar/value.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::port_options {

using pegtl::opt;
using pegtl::sor;

struct job : job_name {};
struct resource : resource_name {};

// clang-format off
struct protocol : sor<kw<"TCP">, kw<"UDP">> {};

struct no_autolog : opt<then<kw<"NOAUTOLog">>> {};
struct acknowledging : opt<sor<
    then<kw<"DELAYAcks">>,
    noted<"all ports follow TCPCONFIG", kw<"NODELAYAcks">>>> {};
struct saf : phrase<kw<"SAF">, resource> {};
struct smc : opt<sor<then<kw<"NOSMC">>, then<kw<"NOSMCR">>, noted<"there is no SMC", kw<"SMC">>>> {};
// clang-format on

}  // namespace parser::grammar::port_options
