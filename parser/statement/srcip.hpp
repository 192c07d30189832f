// The entries of SRCIP ... ENDSRCIP: JOBNAME job source [CLIENT | SERVER | BOTH] and DESTINATION
// network source.
#pragma once

#include "parser/grammar/value.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::srcip {

using pegtl::opt;
using pegtl::sor;

struct job : job_name {};
struct source_address : any_ip {};
struct source_interface : name {};
struct network_with_length : ipv4_length {};
struct network6_with_length : ipv6_length {};
struct host : any_ip {};

// clang-format off
struct job_source : sor<kw<"TEMPADDRS">, kw<"PUBLICADDRS">, source_address, source_interface> {};
struct role : sor<then<kw<"CLIENT">>, then<kw<"SERVER">>, then<kw<"BOTH">>> {};
struct of_job : phrase<job, job_source, opt<role>> {};

struct destination : sor<network_with_length, network6_with_length, host> {};
struct to_destination : phrase<destination, sor<source_address, source_interface>> {};
// clang-format on

}  // namespace parser::grammar::srcip
