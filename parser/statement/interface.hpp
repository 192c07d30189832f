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

/// Of the device that a TUN device stands for.
template <fixed_text Keyword, typename... Rest>
using device_property = noted<"a TUN device has no such property", kw<Keyword>, Rest...>;

struct routing : sor<then<kw<"ROUTEALL">>, then<kw<"ROUTELCL">>> {};
struct hardware : sor<
    device_property<"CHPIDTYPE", name>,
    device_property<"CHPID", hexadecimal>,
    device_property<"DEVNUM", hexadecimal>,
    device_property<"VLANID", any_word_number>,
    device_property<"INBPERF", queueing>,
    device_property<"READSTORAGE", storage>,
    device_property<"SECCLASS", any_word_number>,
    device_property<"VMAC", opt<then<mac_address>>, opt<routing>>,
    then<kw<"NONROUTER">>, device_property<"PRIROUTER">, device_property<"SECROUTER">,
    device_property<"SMCD">, then<kw<"NOSMCD">>, device_property<"SMCR">, then<kw<"NOSMCR">>,
    device_property<"TEMPIP">, device_property<"IPBCAST">,
    device_property<"MONSYSPLEX">, then<kw<"NOMONSYSPLEX">>,
    device_property<"DYNVLANREG">, then<kw<"NODYNVLANREG">>,
    device_property<"OLM">, then<kw<"NOOLM">>,
    device_property<"ISOLATE">, then<kw<"NOISOLATE">>> {};

struct ipaqenet : phrase<kw<"IPAQENET">, any_order<
    phrase<kw<"PORTNAME">, port_name>,
    phrase<kw<"IPADDR">, ip_addr>,
    phrase<kw<"MTU">, mtu>,
    phrase<kw<"SOURCEVIPAINTerface">, source_vipa_name>,
    hardware>> {};

struct virtual_ : phrase<kw<"VIRTual">, kw<"IPADDR">, host> {};

struct prefixes : sor<kw<"ALL">, kw<"NONE">, pegtl::plus<then<ipv6_length>>> {};
struct ip_addr6 : sor<host6_with_length, host6> {};
struct ipaqenet6 : phrase<kw<"IPAQENET6">, any_order<
    phrase<kw<"PORTNAME">, port_name>,
    phrase<kw<"IPADDR">, ip_addr6>,
    phrase<kw<"MTU">, mtu6>,
    phrase<kw<"SOURCEVIPAINTerface">, source_vipa_name>,
    noted<"nobody else is on a TUN device", kw<"DUPADDRDET">, any_word_number>,
    noted<"an interface has the address of IPADDR alone", kw<"INTFID">, interface_id>,
    noted<"an interface has the address of IPADDR alone", kw<"TEMPPREFIX">, prefixes>,
    hardware>> {};

struct virtual6 : phrase<kw<"VIRTUAL6">, kw<"IPADDR">, host6> {};

template <fixed_text Keyword>
using no_device = refused_rest<"no TUN device stands for it, IPAQENET and IPAQENET6 are there", kw<Keyword>>;
struct other_type : sor<
    no_device<"IPAQIDIO">, no_device<"IPAQIDIO6">, no_device<"MPCPTP6">,
    no_device<"EQENET">, no_device<"EQENET6">> {};

template <fixed_text Keyword>
using other_address = refused_rest<"an interface has one address, that of IPADDR", kw<Keyword>>;
struct other_action : sor<
    refused_rest<"an interface stays until the stack ends, STOP makes it inactive", kw<"DELEte">>,
    other_address<"ADDADDR">, other_address<"DELADDR">, other_address<"DEPRADDR">,
    other_address<"ADDTEMPPREFIX">, other_address<"DELTEMPPREFIX">> {};

struct define : phrase<kw<"DEFINE">, sor<ipaqenet6, virtual6, ipaqenet, virtual_, other_type>> {};

struct statement : phrase<interface_name, sor<define, other_action>> {};
// clang-format on

}  // namespace parser::grammar::interfaces
