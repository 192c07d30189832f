// TCPCONFIG: parameters in any order.
#pragma once

#include "parser/grammar/value.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::tcpconfig {

using pegtl::sor;

struct first_port : number<"a port", 1024, 65535> {};
struct last_port : number<"a port", 1024, 65535> {};
struct time_wait : number<"seconds", 0, 120> {};
struct fin_wait_2 : number<"seconds", 1, 3600> {};
struct connect_timeout : number<"seconds", 5, 190> {};
struct attempts : number<"attempts", 0, 15> {};
struct send_buffer : size<"bytes", 256, 2097152> {};
struct receive_buffer : size<"bytes", 256, 2097152> {};
struct any_number : number<"a number", 0, 4294967295> {};
struct any_size : size<"bytes", 0, 4294967295> {};

// clang-format off
struct not_yet : sor<
    unsupported<kw<"CONNECTInitinterval">, any_number>,
    unsupported<kw<"DELAYAcks">>, unsupported<kw<"NODELAYAcks">>, unsupported<kw<"AUTODELAYAcks">>,
    unsupported<kw<"FRRTHReshold">, any_number>,
    unsupported<kw<"INTerval">, any_number>,
    unsupported<kw<"KEEPALIVEPROBES">, any_number>,
    unsupported<kw<"KEEPALIVEPROBEInterval">, any_number>,
    unsupported<kw<"MAXImumretransmittime">, any_number>,
    unsupported<kw<"NAGLE">>, unsupported<kw<"NONAGLE">>,
    unsupported<kw<"QUEUEDrtt">, any_number>,
    unsupported<kw<"RESTRICTLowports">>, unsupported<kw<"UNRESTRICTLowports">>,
    unsupported<kw<"SELECTIVEACK">>, unsupported<kw<"NOSELECTIVEACK">>,
    unsupported<kw<"SENDGarbage">, sor<kw<"TRUE">, kw<"FALSE">>>,
    unsupported<kw<"TCPMAXRCVBufrsize">, any_size>,
    unsupported<kw<"TCPMAXSENDBufrsize">, any_size>,
    unsupported<kw<"TCPTIMEstamp">>, unsupported<kw<"NOTCPTIMEstamp">>,
    unsupported<kw<"TTLS">>, unsupported<kw<"NOTTLS">>> {};

struct statement : any_order<
    phrase<kw<"EPHEMERALPORTS">, first_port, last_port>,
    phrase<kw<"TIMEWAITInterval">, time_wait>,
    phrase<kw<"FINWait2time">, fin_wait_2>,
    phrase<kw<"CONNECTTimeout">, connect_timeout>,
    phrase<kw<"TCPSENDBfrsize">, send_buffer>,
    phrase<kw<"TCPRCVBufrsize">, receive_buffer>,
    phrase<kw<"RETRANSMITAttempts">, attempts>,
    not_yet> {};
// clang-format on

}  // namespace parser::grammar::tcpconfig
