// VIPADISTRIBUTE [options] dvipa [PORT list] DESTIP {ALL | list}.
#pragma once

#include "parser/grammar/value.hpp"
#include "parser/statement/sharing.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::vipadistribute {

using pegtl::must;
using pegtl::opt;
using pegtl::plus;
using pegtl::seq;
using pegtl::sor;

struct dvipa : ipv4 {};
struct target : ipv4 {};
struct local_weight : number<"a local preference", 0, 16> {};
struct any_number : number<"a number", 0, 4294967295> {};

/// num or num-num, both 1 to 65535.
struct port_item : word<port_item> {
    static bool accepts(std::string_view text);
    static std::string describe() { return "a port or range of ports (1 to 65535, first-last)"; }
};

// clang-format off
struct method : sor<
    seq<then<kw<"BASEWLM">>, opt<unsupported_rest<kw<"PROCTYPE">>>>,
    then<kw<"ROUNDROBIN">>,
    unsupported_rest<kw<"SERVERWLM">>, unsupported_rest<kw<"WEIGHTEDActive">>,
    unsupported_rest<kw<"HOTSTANDBY">>, unsupported_rest<kw<"TARGCONTROLLED">>> {};

struct option : sor<
    then<kw<"DEFINE">>,
    then<kw<"DELEte">>,
    phrase<kw<"DISTMethod">, method>,
    phrase<kw<"OPTLOCAL">, opt<then<local_weight>>>,
    then<kw<"NOOPTLOCAL">>,
    sharing::keyword,
    unsupported<kw<"TIMEDAFFinity">, any_number>,
    unsupported_rest<kw<"TIER1">>, unsupported_rest<kw<"TIER2">>> {};

struct ports : phrase<kw<"PORT">, plus<then<port_item>>> {};
struct target_option : sor<unsupported_rest<kw<"WEIGHT">>, unsupported_rest<kw<"PREFERRED">>,
                           unsupported_rest<kw<"BACKUP">>, unsupported_rest<kw<"PROCTYPE">>> {};
struct targets : plus<seq<then<target>, opt<target_option>>> {};
struct destinations : phrase<kw<"DESTIP">, sor<then<kw<"ALL">>, targets>, opt<target_option>> {};

struct ipv4_form : phrase<dvipa, opt<ports>, destinations> {};
struct statement : seq<any_order<option>,
                       sor<ipv4_form, unsupported_rest<ipv6>>> {};
// clang-format on

}  // namespace parser::grammar::vipadistribute
