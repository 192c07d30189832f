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
struct target : any_ip {};
/// The interface name of an IPv6 DVIPA: what follows tells it from a misspelt option.
struct interface_name : word_before<interface_name> {
    static bool accepts(std::string_view text, std::string_view next) {
        return name::accepts(text) && (kw<"PORT">::accepts(next) || kw<"DESTIP">::accepts(next));
    }
    static std::string describe() { return "the interface name of an IPv6 DVIPA"; }
};
struct local_weight : number<"a local preference", 0, 16> {};
struct any_number : number<"a number", 0, 4294967295> {};
struct affinity : number<"seconds", 0, 9999> {};
struct target_weight : number<"a weight", 0, 99> {};
struct backup_rank : number<"a rank", 1, 254> {};

/// num or num-num, both 1 to 65535.
struct port_item : word<port_item> {
    static bool accepts(std::string_view text);
    static std::string describe() { return "a port or range of ports (1 to 65535, first-last)"; }
};

// clang-format off
struct processors : plus<sor<
    phrase<kw<"CP">, any_number>, phrase<kw<"ZAAP">, any_number>, phrase<kw<"ZIIP">, any_number>>> {};
using proctype = noted<"all processors are of one kind", kw<"PROCTYPE">, processors>;

struct server_option : sor<
    noted<"all processors are of one kind", kw<"PROCXCOST">, processors>,
    noted<"servers have no importance", kw<"ILWEIGHTING">, any_number>> {};

struct standby_option : sor<
    then<kw<"AUTOSWITCHBACK">>, then<kw<"NOAUTOSWITCHBACK">>,
    then<kw<"HEALTHSWITCH">>, then<kw<"NOHEALTHSWITCH">>> {};

struct method : sor<
    seq<then<kw<"BASEWLM">>, opt<proctype>>,
    seq<then<kw<"SERVERWLM">>, any_order<server_option>>,
    then<kw<"ROUNDROBIN">>,
    then<kw<"WEIGHTEDActive">>,
    seq<then<kw<"HOTSTANDBY">>, any_order<standby_option>>,
    refused_rest<"it is for targets that are no stacks of the sysplex", kw<"TARGCONTROLLED">>> {};

struct option : sor<
    then<kw<"DEFINE">>,
    then<kw<"DELEte">>,
    phrase<kw<"DISTMethod">, method>,
    phrase<kw<"OPTLOCAL">, opt<then<local_weight>>>,
    then<kw<"NOOPTLOCAL">>,
    sharing::keyword,
    phrase<kw<"TIMEDAFFinity">, affinity>,
    unsupported_rest<kw<"TIER1">>, unsupported_rest<kw<"TIER2">>> {};

struct ports : phrase<kw<"PORT">, plus<then<port_item>>> {};
struct target_option : sor<
    phrase<kw<"WEIGHT">, target_weight>,
    then<kw<"PREFERRED">>,
    seq<then<kw<"BACKUP">>, opt<then<backup_rank>>>> {};
struct targets : plus<seq<then<target>, opt<target_option>>> {};
struct destinations : phrase<kw<"DESTIP">, sor<then<kw<"ALL">>, targets>, opt<proctype>> {};

struct statement : seq<any_order<option>, phrase<sor<dvipa, interface_name>, opt<ports>, destinations>> {};
// clang-format on

}  // namespace parser::grammar::vipadistribute
