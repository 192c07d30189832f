// IPCONFIG6: parameters in any order.
#pragma once

#include "parser/statement/ip_options.hpp"

namespace parser::grammar::ipconfig6 {

using ip_options::any_number;
using pegtl::opt;
using pegtl::sor;

struct source_vipa_name : name {};
struct hop_limit : number<"a hop limit", 1, 255> {};
struct xcf_with_length : ipv6_length {};
struct xcf_address : ipv6 {};

// clang-format off
struct xcf_network : sor<xcf_with_length, xcf_address> {};
struct dynamic_xcf : phrase<kw<"DYNAMICXCF">, xcf_network, any_order<
    noted<"the stack has the address of DYNAMICXCF alone", kw<"INTFID">, interface_id>,
    ip_options::xcf_option>> {};

/// What is so in any case, and what nothing depends on.
struct always : sor<
    then<kw<"CHECKSUMOFFLoad">>,
    noted<"TUN devices always do this", kw<"NOCHECKSUMOFFLoad">>,
    then<kw<"SEGMENTATIONOFFLoad">>,
    noted<"TUN devices always do this", kw<"NOSEGMENTATIONOFFLoad">>,
    then<kw<"IGNORERedirect">>,
    noted<"the stack takes nothing from router advertisements", kw<"IGNOREROUTERHoplimit">>,
    then<kw<"NOIGNOREROUTERHoplimit">>,
    noted<"errors have the same limit as those of IPv4", kw<"ICMPErrorlimit">, number<"errors a second", 1, 20>>,
    noted<"no parameter of it has a meaning here", kw<"R1COMPLIANCE">>, then<kw<"NOR1COMPLIANCE">>,
    then<kw<"NOTEMPADDRS">>> {};

struct lifetimes : any_order<
    phrase<kw<"PREFLIFETIME">, any_number>,
    phrase<kw<"VALIDLIFETIME">, any_number>> {};

struct statement : any_order<
    ip_options::forwarding,
    then<kw<"NODATAGRamfwd">>,
    then<kw<"SOURCEVIPA">>,
    then<kw<"NOSOURCEVIPA">>,
    phrase<kw<"TCPSTACKSOURCEVipa">, source_vipa_name>,
    then<kw<"NOTCPSTACKSOURCEVipa">>,
    phrase<kw<"HOPLimit">, hop_limit>,
    ip_options::multipath,
    then<kw<"NOMULTIPATH">>,
    dynamic_xcf,
    then<kw<"NODYNAMICXCF">>,
    always,
    noted<"addresses come from the profile alone", kw<"TEMPADDRS">, lifetimes>,
    refused<"what it would deny or encrypt would go in the clear",
            kw<"IPSECurity">, opt<phrase<kw<"OSMSECCLASS">, any_number>>>> {};
// clang-format on

}  // namespace parser::grammar::ipconfig6
