// ROUTE destination {gateway | =} interface MTU n, within BEGINROUTES ... ENDROUTES.
#pragma once

#include "parser/grammar/value.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::routes {

using pegtl::seq;
using pegtl::sor;

struct network_with_length : ipv4_length {};
struct network : ipv4 {};
struct network_mask : mask {};
struct network6_with_length : ipv6_length {};
struct network6 : ipv6 {};
struct gateway : any_ip {};
struct interface_name : name {};
struct mtu : number<"an MTU", 576, 65535> {};
struct any_number : number<"a number", 0, 4294967295> {};

struct direct : word<direct> {
    static bool accepts(std::string_view text) { return text == "="; }
    static std::string describe() { return "= (directly connected)"; }
};

// clang-format off
struct mask_or_host : sor<kw<"HOST">, network_mask> {};
struct destination : sor<
    then<kw<"DEFAULT">>,
    then<network_with_length>,
    phrase<network, mask_or_host>,
    then<kw<"DEFAULT6">>,
    then<network6_with_length>,
    phrase<network6, kw<"HOST">>> {};
struct first_hop : sor<direct, gateway> {};
struct route_mtu : sor<kw<"DEFAULTSIZE">, mtu> {};

struct tuning : sor<
    unsupported<kw<"MAXImumretransmittime">, any_number>,
    unsupported<kw<"MINImumretransmittime">, any_number>,
    unsupported_rest<kw<"ROUNDTRIPGain">>,
    unsupported_rest<kw<"VARIANCEGain">>,
    unsupported_rest<kw<"VARIANCEMultiplier">>,
    unsupported<kw<"DELAYAcks">>, unsupported<kw<"NODELAYAcks">>> {};

struct statement : phrase<destination, first_hop, interface_name, kw<"MTU">, route_mtu, any_order<
    then<kw<"REPLaceable">>,
    then<kw<"NOREPLaceable">>,
    tuning>> {};
// clang-format on

}  // namespace parser::grammar::routes
