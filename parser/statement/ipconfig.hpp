// IPCONFIG: parameters in any order.
#pragma once

#include "parser/statement/ip_options.hpp"

namespace parser::grammar::ipconfig {

using ip_options::any_number;
using pegtl::opt;
using pegtl::sor;

struct source_vipa_address : ipv4 {};
struct ttl : number<"a time to live", 1, 255> {};
struct reassembly : number<"seconds", 1, 240> {};
struct xcf_with_length : ipv4_length {};
struct xcf_address : ipv4 {};
struct xcf_mask : mask {};
struct xcf_cost : number<"a cost", 0, 14> {};

// clang-format off
struct xcf_network : sor<then<xcf_with_length>, phrase<xcf_address, xcf_mask>> {};
struct dynamic_xcf : phrase<kw<"DYNAMICXCF">, xcf_network, xcf_cost, any_order<
    ip_options::xcf_option>> {};

struct queue_priority : phrase<kw<"QDIOPriority">, number<"a priority", 1, 4>> {};

/// Of the hardware that a TUN device stands for.
struct hardware : sor<
    noted<"a TUN device resolves no addresses", kw<"ARPTO">, number<"seconds", 60, 86400>>,
    noted<"there are no CLAW devices", kw<"CLAWUSEDoublenop">>,
    noted<"there are no CLAW devices", kw<"STOPONclawerror">>,
    noted<"a TUN device does not go away while the stack runs", kw<"DEVRETRYDURation">, any_number>,
    noted<"there is no QDIO", kw<"IQDIORouting">, opt<queue_priority>>, then<kw<"NOIQDIORouting">>,
    noted<"there is no QDIO", kw<"QDIOACCELerator">, opt<queue_priority>>, then<kw<"NOQDIOACCELerator">>,
    then<kw<"CHECKSUMOFFLoad">>,
    noted<"TUN devices always do this", kw<"NOCHECKSUMOFFLoad">>,
    then<kw<"SEGMENTATIONOFFLoad">>,
    noted<"TUN devices always do this", kw<"NOSEGMENTATIONOFFLoad">>> {};

/// What is so in any case, and what nothing depends on.
struct always : sor<
    then<kw<"IGNORERedirect">>,
    then<kw<"PATHMTUDISCovery">>,
    noted<"a path MTU is always discovered (RFC 1191)", kw<"NOPATHMTUDISCovery">>,
    noted<"a subnet's mask stands with its address", kw<"VARSUBNETTING">>, then<kw<"NOVARSUBNETTING">>,
    noted<"each display takes FORMAT=", kw<"FORMat">, sor<kw<"LONG">, kw<"SHORT">>>> {};

struct statement : any_order<
    ip_options::forwarding,
    then<kw<"NODATAGRamfwd">>,
    then<kw<"SOURCEVIPA">>,
    then<kw<"NOSOURCEVIPA">>,
    then<kw<"SYSPLEXRouting">>,
    then<kw<"NOSYSPLEXRouting">>,
    phrase<kw<"TCPSTACKSOURCEVipa">, source_vipa_address>,
    then<kw<"NOTCPSTACKSOURCEVipa">>,
    phrase<kw<"TTL">, ttl>,
    phrase<kw<"REASSEMBLytimeout">, reassembly>,
    ip_options::multipath,
    then<kw<"NOMULTIPATH">>,
    dynamic_xcf,
    then<kw<"NODYNAMICXCF">>,
    hardware,
    always,
    refused<"what it would deny or encrypt would go in the clear", kw<"IPSECurity">>> {};
// clang-format on

}  // namespace parser::grammar::ipconfig
