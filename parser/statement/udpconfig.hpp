// UDPCONFIG: parameters in any order.
#pragma once

#include "parser/grammar/value.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::udpconfig {

struct first_port : number<"a port", 1024, 65535> {};
struct last_port : number<"a port", 1024, 65535> {};
struct send_buffer : size<"bytes", 1, 65535> {};
struct receive_buffer : size<"bytes", 1, 65535> {};

// clang-format off
struct statement : any_order<
    phrase<kw<"EPHEMERALPORTS">, first_port, last_port>,
    then<kw<"RESTRICTLowports">>, then<kw<"UNRESTRICTLowports">>,
    then<kw<"UDPCHKsum">>, then<kw<"NOUDPCHKsum">>,
    then<kw<"UDPQueuelimit">>,
    noted<"what waits for a program is limited by UDPRCVBUFRSIZE", kw<"NOUDPQueuelimit">>,
    phrase<kw<"UDPRCVBufrsize">, receive_buffer>,
    phrase<kw<"UDPSENDBfrsize">, send_buffer>> {};
// clang-format on

}  // namespace parser::grammar::udpconfig
