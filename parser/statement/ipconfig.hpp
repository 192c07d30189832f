// IPCONFIG: parameters in any order.
#pragma once

#include "parser/grammar/value.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::ipconfig {

using pegtl::opt;
using pegtl::sor;

struct source_vipa_address : ipv4 {};
struct ttl : number<"a time to live", 1, 255> {};
struct xcf_with_length : ipv4_length {};
struct xcf_address : ipv4 {};
struct xcf_mask : mask {};
struct xcf_cost : number<"a cost", 0, 14> {};
struct any_number : number<"a number", 0, 4294967295> {};

// clang-format off
struct forwarding : phrase<kw<"DATAGRamfwd">, opt<sor<
    then<kw<"NOFWDMULTipath">>,
    unsupported<kw<"FWDMULTipath">, kw<"PERPacket">>>>> {};

struct xcf_network : sor<then<xcf_with_length>, phrase<xcf_address, xcf_mask>> {};
struct dynamic_xcf : phrase<kw<"DYNAMICXCF">, xcf_network, xcf_cost, any_order<
    unsupported<kw<"SECCLASS">, any_number>,
    unsupported<kw<"SMCD">>, unsupported<kw<"NOSMCD">>,
    unsupported<kw<"SOURCEVIPAINTerface">, name>>> {};

struct not_yet : sor<
    unsupported<kw<"ARPTO">, any_number>,
    unsupported<kw<"CHECKSUMOFFLoad">>, unsupported<kw<"NOCHECKSUMOFFLoad">>,
    unsupported<kw<"CLAWUSEDoublenop">>, unsupported<kw<"STOPONclawerror">>, unsupported<kw<"VARSUBNETTING">>,
    unsupported<kw<"NOVARSUBNETTING">>,
    unsupported<kw<"DEVRETRYDURation">, any_number>,
    unsupported<kw<"FORMat">, sor<kw<"LONG">, kw<"SHORT">>>,
    unsupported<kw<"IGNORERedirect">>,
    unsupported<kw<"IPSECurity">>,
    unsupported_rest<kw<"IQDIORouting">>, unsupported<kw<"NOIQDIORouting">>,
    unsupported<kw<"MULTIPATH">, opt<sor<kw<"PERConnection">, kw<"PERPacket">>>>, unsupported<kw<"NOMULTIPATH">>,
    unsupported<kw<"PATHMTUDISCovery">>, unsupported<kw<"NOPATHMTUDISCovery">>,
    unsupported_rest<kw<"QDIOACCELerator">>, unsupported<kw<"NOQDIOACCELerator">>,
    unsupported<kw<"REASSEMBLytimeout">, any_number>,
    unsupported<kw<"SEGMENTATIONOFFLoad">>, unsupported<kw<"NOSEGMENTATIONOFFLoad">>> {};

struct statement : any_order<
    forwarding,
    then<kw<"NODATAGRamfwd">>,
    then<kw<"SOURCEVIPA">>,
    then<kw<"NOSOURCEVIPA">>,
    then<kw<"SYSPLEXRouting">>,
    then<kw<"NOSYSPLEXRouting">>,
    phrase<kw<"TCPSTACKSOURCEVipa">, source_vipa_address>,
    then<kw<"NOTCPSTACKSOURCEVipa">>,
    phrase<kw<"TTL">, ttl>,
    dynamic_xcf,
    then<kw<"NODYNAMICXCF">>,
    not_yet> {};
// clang-format on

}  // namespace parser::grammar::ipconfig
