// UDPCONFIG: parameters in any order, checked although there are no UDP sockets yet.
#pragma once

#include "parser/grammar/value.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::udpconfig {

using pegtl::sor;

template <fixed_text Spelling, typename... Values>
struct idle : noted<"there are no UDP sockets yet", kw<Spelling>, Values...> {};

// clang-format off
struct statement : any_order<
    idle<"EPHEMERALPORTS", number<"a port", 1024, 65535>, number<"a port", 1024, 65535>>,
    idle<"RESTRICTLowports">, then<kw<"UNRESTRICTLowports">>,
    then<kw<"UDPCHKsum">>, idle<"NOUDPCHKsum">,
    then<kw<"UDPQueuelimit">>, idle<"NOUDPQueuelimit">,
    idle<"UDPRCVBufrsize", size<"bytes", 1, 65535>>,
    idle<"UDPSENDBfrsize", size<"bytes", 1, 65535>>> {};
// clang-format on

}  // namespace parser::grammar::udpconfig
