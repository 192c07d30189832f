// ROUTE destination {gateway | =} interface MTU n, within BEGINROUTES ... ENDROUTES.
#pragma once

#include "parser/grammar/value.hpp"

#include <tao/pegtl/rules.hpp>

#include <algorithm>
#include <string>
#include <string_view>

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

struct direct : word<direct> {
    static bool accepts(std::string_view text) { return text == "="; }
    static std::string describe() { return "= (directly connected)"; }
};

/// Seconds or a factor: digits, perhaps with a point.
struct decimal : word<decimal> {
    static bool accepts(std::string_view text) {
        auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
        return std::count(text.begin(), text.end(), '.') <= 1 &&
               std::any_of(text.begin(), text.end(), is_digit) &&
               std::all_of(text.begin(), text.end(),
                           [&](char c) { return is_digit(c) || c == '.'; });
    }
    static std::string describe() { return "a decimal number"; }
};

template <typename Keyword>
using timing = noted<"all routes follow RFC 6298 and TCPCONFIG", Keyword, decimal>;
template <typename Keyword>
using acknowledging = noted<"all routes follow TCPCONFIG", Keyword>;

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
    timing<kw<"MAXImumretransmittime">>,
    timing<kw<"MINImumretransmittime">>,
    timing<kw<"ROUNDTRIPGain">>,
    timing<kw<"VARIANCEGain">>,
    timing<kw<"VARIANCEMultiplier">>,
    acknowledging<kw<"DELAYAcks">>, acknowledging<kw<"NODELAYAcks">>> {};

struct statement : phrase<destination, first_hop, interface_name, kw<"MTU">, route_mtu, any_order<
    then<kw<"REPLaceable">>,
    then<kw<"NOREPLaceable">>,
    tuning>> {};
// clang-format on

}  // namespace parser::grammar::routes
