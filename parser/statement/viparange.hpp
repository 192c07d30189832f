// VIPARANGE [DEFINE | DELETE] [sharing] [MOVEABLE how] {mask network | interface network/length}
// [SAF resource] [ZCX].
#pragma once

#include "parser/grammar/value.hpp"
#include "parser/statement/sharing.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::viparange {

using pegtl::opt;
using pegtl::seq;
using pegtl::sor;

struct network_mask : mask {};
struct network : ipv4 {};
struct interface_name : ipv6_dvipa {};
struct network6 : ipv6_length {};
struct binder_resource : resource_name {};

// clang-format off
struct move : phrase<kw<"MOVEable">, sor<kw<"NONDISRUPTive">, kw<"DISRUPTive">>> {};
struct ipv4_form : phrase<network_mask, network> {};
struct ipv6_form : phrase<interface_name, network6> {};

struct statement : seq<
    opt<sor<then<kw<"DEFINE">>, then<kw<"DELEte">>>>,
    opt<sharing::keyword>,
    opt<move>,
    sor<ipv4_form, ipv6_form>,
    opt<phrase<kw<"SAF">, binder_resource>>,
    opt<noted<"the range is for programs, there are no zCX containers", kw<"ZCX">>>> {};
// clang-format on

}  // namespace parser::grammar::viparange
