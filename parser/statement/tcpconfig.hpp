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
struct connect_initial : number<"milliseconds", 100, 3000> {};
struct max_retransmit : number<"seconds", 1, 999> {};
struct attempts : number<"attempts", 0, 15> {};
struct keep_alive : number<"minutes", 0, 35791> {};
struct probe_interval : number<"seconds", 1, 75> {};
struct probes : number<"probes", 1, 10> {};
struct duplicates : number<"acknowledgements", 1, 2048> {};
struct send_buffer : size<"bytes", 256, 2097152> {};
struct receive_buffer : size<"bytes", 256, 2097152> {};
/// z/OS: up to 2M. RFC 7323 2.3: the largest window.
struct max_send_buffer : size<"bytes", 256, 1073725440> {};
struct max_receive_buffer : size<"bytes", 256, 1073725440> {};

// clang-format off
struct memory : sor<
    phrase<kw<"TCPSENDBfrsize">, send_buffer>,
    phrase<kw<"TCPRCVBufrsize">, receive_buffer>,
    phrase<kw<"TCPMAXSENDBufrsize">, max_send_buffer>,
    phrase<kw<"TCPMAXRCVBufrsize">, max_receive_buffer>> {};

struct patience : sor<
    phrase<kw<"TIMEWAITInterval">, time_wait>,
    phrase<kw<"FINWait2time">, fin_wait_2>,
    phrase<kw<"CONNECTTimeout">, connect_timeout>,
    phrase<kw<"CONNECTInitinterval">, connect_initial>,
    phrase<kw<"MAXImumretransmittime">, max_retransmit>,
    phrase<kw<"RETRANSMITAttempts">, attempts>,
    phrase<kw<"INTerval">, keep_alive>,
    phrase<kw<"KEEPALIVEPROBES">, probes>,
    phrase<kw<"KEEPALIVEPROBEInterval">, probe_interval>> {};

struct ways : sor<
    then<kw<"DELAYAcks">>, then<kw<"NODELAYAcks">>,
    noted<"as with DELAYACKS, a connection is acknowledged at once while it is young", kw<"AUTODELAYAcks">>,
    then<kw<"NAGLE">>, then<kw<"NONAGLE">>,
    then<kw<"TCPTIMEstamp">>, then<kw<"NOTCPTIMEstamp">>,
    then<kw<"SELECTIVEACK">>, then<kw<"NOSELECTIVEACK">>,
    phrase<kw<"FRRTHReshold">, duplicates>,
    noted<"acknowledgements do not wait for queued work", kw<"QUEUEDrtt">, number<"milliseconds", 0, 50>>,
    noted<"keep-alive probes carry no data (RFC 9293 3.8.4)", kw<"SENDGarbage">, sor<kw<"TRUE">, kw<"FALSE">>>> {};

struct statement : any_order<
    phrase<kw<"EPHEMERALPORTS">, first_port, last_port>,
    then<kw<"RESTRICTLowports">>, then<kw<"UNRESTRICTLowports">>,
    memory,
    patience,
    ways,
    refused<"what it would encrypt would go in the clear", kw<"TTLS">>, then<kw<"NOTTLS">>> {};
// clang-format on

}  // namespace parser::grammar::tcpconfig
