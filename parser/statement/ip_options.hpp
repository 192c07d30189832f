// What IPCONFIG and IPCONFIG6 have in common.
#pragma once

#include "parser/grammar/value.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::ip_options {

using pegtl::opt;
using pegtl::sor;

struct any_number : number<"a number", 0, 4294967295> {};
struct xcf_source_vipa : name {};

// clang-format off
struct forwarding : phrase<kw<"DATAGRamfwd">, opt<sor<
    then<kw<"NOFWDMULTipath">>,
    noted<"forwarded packets follow MULTIPATH, one flow one way", kw<"FWDMULTipath">, kw<"PERPacket">>>>> {};

struct multipath : phrase<kw<"MULTIPATH">, opt<sor<
    then<kw<"PERConnection">>,
    noted<"the packets of one connection keep to one way, as with PERCONNECTION", kw<"PERPacket">>>>> {};

struct xcf_option : sor<
    noted<"there is no IP security", kw<"SECCLASS">, any_number>,
    noted<"there is no SMC", kw<"SMCD">>, then<kw<"NOSMCD">>,
    phrase<kw<"SOURCEVIPAINTerface">, xcf_source_vipa>> {};
// clang-format on

}  // namespace parser::grammar::ip_options
