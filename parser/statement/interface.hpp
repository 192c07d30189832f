// INTERFACE name DEFINE {IPAQENET | VIRTUAL | IPAQENET6 | VIRTUAL6} ...
#pragma once

#include "parser/grammar/value.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::interfaces {

using pegtl::must;
using pegtl::opt;
using pegtl::seq;
using pegtl::sor;

struct interface_name : name {};
struct port_name : name {};
struct source_vipa_name : name {};
struct mtu : number<"an MTU", 576, 65535> {};
struct host_with_length : ipv4_length {};
struct host : ipv4 {};
struct host_mask : mask {};
struct mtu6 : number<"an MTU", 1280, 65535> {};
struct host6_with_length : ipv6_length {};
struct host6 : ipv6 {};
struct any_word_number : number<"a number", 0, 4294967295> {};

// clang-format off
struct host_and_mask : seq<then<host>, opt<then<host_mask>>> {};
struct ip_addr : sor<then<host_with_length>, host_and_mask> {};

struct queueing : sor<kw<"BALANCED">, phrase<kw<"DYNAMIC">, opt<sor<kw<"WORKLOADQ">, kw<"NOWORKLOADQ">>>>,
                      kw<"MINCPU">, kw<"MINLATENCY">> {};
struct storage : sor<kw<"GLOBAL">, kw<"MAX">, kw<"AVG">, kw<"MIN">> {};

struct hardware : sor<
    unsupported<kw<"CHPIDTYPE">, name>,
    unsupported<kw<"CHPID">, name>,
    unsupported<kw<"DEVNUM">, name>,
    unsupported<kw<"VLANID">, any_word_number>,
    unsupported<kw<"INBPERF">, queueing>,
    unsupported<kw<"READSTORAGE">, storage>,
    unsupported<kw<"SECCLASS">, any_word_number>,
    unsupported_rest<kw<"VMAC">>,
    unsupported<kw<"NONROUTER">>, unsupported<kw<"PRIROUTER">>, unsupported<kw<"SECROUTER">>,
    unsupported<kw<"SMCD">>, unsupported<kw<"NOSMCD">>, unsupported<kw<"SMCR">>, unsupported<kw<"NOSMCR">>,
    unsupported<kw<"TEMPIP">>, unsupported<kw<"IPBCAST">>,
    unsupported<kw<"MONSYSPLEX">>, unsupported<kw<"NOMONSYSPLEX">>,
    unsupported<kw<"DYNVLANREG">>, unsupported<kw<"NODYNVLANREG">>,
    unsupported<kw<"OLM">>, unsupported<kw<"NOOLM">>,
    unsupported<kw<"ISOLATE">>, unsupported<kw<"NOISOLATE">>> {};

struct ipaqenet : phrase<kw<"IPAQENET">, any_order<
    phrase<kw<"PORTNAME">, port_name>,
    phrase<kw<"IPADDR">, ip_addr>,
    phrase<kw<"MTU">, mtu>,
    phrase<kw<"SOURCEVIPAINTerface">, source_vipa_name>,
    hardware>> {};

struct virtual_ : phrase<kw<"VIRTual">, kw<"IPADDR">, host> {};

struct ip_addr6 : sor<host6_with_length, host6> {};
struct ipaqenet6 : phrase<kw<"IPAQENET6">, any_order<
    phrase<kw<"PORTNAME">, port_name>,
    phrase<kw<"IPADDR">, ip_addr6>,
    phrase<kw<"MTU">, mtu6>,
    phrase<kw<"SOURCEVIPAINTerface">, source_vipa_name>,
    noted<"nobody else is on a TUN device", kw<"DUPADDRDET">, any_word_number>,
    unsupported_rest<kw<"INTFID">>, unsupported_rest<kw<"TEMPPREFIX">>,
    hardware>> {};

struct virtual6 : phrase<kw<"VIRTUAL6">, kw<"IPADDR">, host6> {};

struct other_type : sor<
    unsupported_rest<kw<"IPAQIDIO">>,
    unsupported_rest<kw<"IPAQIDIO6">>, unsupported_rest<kw<"MPCPTP6">>, unsupported_rest<kw<"EQENET">>,
    unsupported_rest<kw<"EQENET6">>> {};

struct other_action : sor<
    unsupported_rest<kw<"DELEte">>, unsupported_rest<kw<"ADDADDR">>, unsupported_rest<kw<"DELADDR">>,
    unsupported_rest<kw<"DEPRADDR">>, unsupported_rest<kw<"ADDTEMPPREFIX">>, unsupported_rest<kw<"DELTEMPPREFIX">>> {};

struct define : phrase<kw<"DEFINE">, sor<ipaqenet6, virtual6, ipaqenet, virtual_, other_type>> {};

struct statement : phrase<interface_name, sor<define, other_action>> {};
// clang-format on

}  // namespace parser::grammar::interfaces
