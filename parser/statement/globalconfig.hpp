// GLOBALCONFIG: parameters in any order.
#pragma once

#include "parser/grammar/value.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::globalconfig {

using pegtl::opt;
using pegtl::seq;
using pegtl::sor;

struct first_port : number<"a port", 1024, 65535> {};
struct port_count : number<"a number of ports", 1, 64512> {};
struct poll_seconds : number<"seconds", 1, 180> {};
struct group_id : number<"a group", 2, 31> {};
struct monitor_seconds : number<"seconds", 10, 3600> {};
struct any_number : number<"a number", 0, 4294967295> {};
struct any_size : size<"bytes", 0, 4294967295> {};
struct every : word<every> {
    static bool accepts(std::string_view text) { return text == "*"; }
    static std::string describe() { return "* (all)"; }
};

// clang-format off
struct mss : sor<kw<"AUTO">, kw<"ALL">, kw<"NONE">> {};

struct monitor_option : sor<
    then<kw<"AUTOREJOIN">>, then<kw<"NOAUTOREJOIN">>,
    noted<"there is no routing daemon to wait for", kw<"DELAYJOIN">>, then<kw<"NODELAYJOIN">>,
    then<kw<"NOJOIN">>,
    then<kw<"MONINTERFACE">>, then<kw<"NOMONINTERFACE">>,
    noted<"routes are static", kw<"DYNROUTE">>, then<kw<"NODYNROUTE">>,
    then<kw<"RECOVERY">>, then<kw<"NORECOVERY">>,
    phrase<kw<"TIMERSECS">, monitor_seconds>> {};

struct sysplex : sor<
    phrase<kw<"ADJUSTDVipamss">, mss>,
    phrase<kw<"EXPLICITBINDPORTRANGE">, first_port, port_count>,
    then<kw<"NOEXPLICITBINDPORTRANGE">>,
    phrase<kw<"SYSPLEXMONitor">, any_order<monitor_option>>,
    phrase<kw<"SYSPLEXWLMPoll">, poll_seconds>,
    phrase<kw<"XCFGRPid">, group_id>> {};

struct traffic : opt<sor<then<kw<"ALLTRAFFIC">>, then<kw<"NOLARGEDATA">>>> {};
struct smc_limits : any_order<
    phrase<kw<"FIXEDMemory">, any_number>,
    phrase<kw<"TCPKEEPmininterval">, any_number>> {};
struct smc_option : sor<
    phrase<kw<"PFID">, hexadecimal>,
    phrase<kw<"PORTNum">, any_number>,
    phrase<kw<"MTU">, any_number>,
    phrase<kw<"FIXEDMemory">, any_number>,
    phrase<kw<"TCPKEEPmininterval">, any_number>> {};

/// Of the machine that a TUN device and this program stand for.
struct hardware : sor<
    noted<"there is no IQD", kw<"AUTOIQDC">, traffic>, then<kw<"NOAUTOIQDC">>,
    noted<"there is no IQD", kw<"AUTOIQDX">, traffic>, then<kw<"NOAUTOIQDX">>,
    noted<"there is no IQD", kw<"IQDMULTIWRITE">>, then<kw<"NOIQDMULTIWRITE">>,
    noted<"there is no IQD", kw<"IQDVLANid">, number<"a VLAN", 1, 4094>>,
    noted<"there is no common storage", kw<"ECSALimit">, any_size>,
    noted<"the memory of buffers has a limit of its own", kw<"POOLLimit">, any_size>,
    noted<"TUN devices always do this", kw<"SEGMENTATIONOFFLoad">>,
    then<kw<"NOSEGMENTATIONOFFLoad">>,
    noted<"there is no SMC", kw<"SMCD">, smc_limits>, then<kw<"NOSMCD">>,
    noted<"there is no SMC", kw<"SMCR">, any_order<smc_option>>, then<kw<"NOSMCR">>,
    noted<"there is no SMC", kw<"SMCGlobal">, any_order<
        then<kw<"AUTOCACHE">>, then<kw<"NOAUTOCACHE">>, then<kw<"AUTOSMC">>, then<kw<"NOAUTOSMC">>>>,
    noted<"there is no QDIO", kw<"WLMPRIORITYQ">, any_order<
        then<kw<"IOPRI1">>, then<kw<"IOPRI2">>, then<kw<"IOPRI3">>, then<kw<"IOPRI4">>,
        then<kw<"FWD">>, then<any_number>>>,
    then<kw<"NOWLMPRIORITYQ">>,
    noted<"there are no such processors", kw<"ZIIP">, any_order<
        then<kw<"IPSECURITY">>, then<kw<"NOIPSECURITY">>,
        then<kw<"IQDIOMULTIWRITE">>, then<kw<"NOIQDIOMULTIWRITE">>>>> {};

struct reports : sor<
    noted<"each display takes MAX=", kw<"MAXRECS">, sor<every, number<"lines", 1, 65535>>>,
    noted<"there are no security labels", kw<"MLSCHKTERMinate">>, then<kw<"NOMLSCHKTERMinate">>,
    noted<"NETSTAT STATS shows them at any time", kw<"TCPIPStatistics">>,
    then<kw<"NOTCPIPStatistics">>,
    noted<"encryption is not watched", kw<"ZERT">, opt<sor<
        then<kw<"AGGregation">>, then<kw<"NOAGGregation">>>>>,
    then<kw<"NOZERT">>> {};

struct statement : any_order<sysplex, hardware, reports> {};
// clang-format on

}  // namespace parser::grammar::globalconfig
