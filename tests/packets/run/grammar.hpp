// The language of packet scripts: packetdrill's where that fits.
#pragma once

#include <tao/pegtl.hpp>

namespace packets::grammar {

using namespace tao::pegtl;

// clang-format off
struct gap : plus<blank> {};
struct spaces : star<blank> {};
struct comment : seq<sor<one<'#'>, string<'/', '/'>>, until<at<eolf>>> {};

struct number : plus<digit> {};
struct position : seq<opt<one<'-'>>, plus<digit>> {};
struct unknown : one<'*'> {};
struct word : plus<sor<alnum, one<'_', '-', '.'>>> {};

// "+0.1", "+0.1~+0.3", "12.5", "*"
struct seconds : seq<plus<digit>, opt<one<'.'>, plus<digit>>> {};
struct range_end : seq<one<'~'>, opt<one<'+'>>, must<seconds>> {};
struct relative_time : seq<one<'+'>, must<seconds>, opt<range_end>> {};
struct absolute_time : seq<seconds, opt<range_end>> {};
struct any_time : one<'*'> {};
struct time : sor<relative_time, absolute_time, any_time> {};

// "<mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7>"
struct mss : seq<TAO_PEGTL_STRING("mss"), gap, must<number>> {};
struct window_scale : seq<TAO_PEGTL_STRING("wscale"), gap, must<number>> {};
struct sack_permitted : TAO_PEGTL_STRING("sackOK") {};
struct stamp_value : sor<number, unknown> {};
struct stamp_echo : sor<number, unknown> {};
struct timestamps : seq<TAO_PEGTL_STRING("TS"), must<gap, TAO_PEGTL_STRING("val"), gap, stamp_value,
                        gap, TAO_PEGTL_STRING("ecr"), gap, stamp_echo>> {};
struct block : seq<position, one<':'>, must<position>> {};
struct sack : seq<TAO_PEGTL_STRING("sack"), plus<gap, block>> {};
struct padding : TAO_PEGTL_STRING("nop") {};
struct others : TAO_PEGTL_STRING("...") {};
struct option : sor<mss, window_scale, sack_permitted, timestamps, sack, padding, others> {};
struct option_list : seq<one<'<'>, must<list<option, one<','>, blank>, one<'>'>>> {};

// "P. 1:1001(1000) ack 1 win 8192 urg 5 <...> [ce]"
struct flags : sor<one<'-'>, plus<one<'S', 'F', 'R', 'P', 'U', 'E', 'W', '.'>>> {};
struct left : position {};
struct right : position {};
struct length : number {};
struct ack : seq<gap, TAO_PEGTL_STRING("ack"), gap, must<position>> {};
struct window : seq<gap, TAO_PEGTL_STRING("win"), gap, must<number>> {};
struct urgent : seq<gap, TAO_PEGTL_STRING("urg"), gap, must<number>> {};
struct ecn : sor<TAO_PEGTL_STRING("[noecn]"), TAO_PEGTL_STRING("[ect0]"), TAO_PEGTL_STRING("[ce]")> {};
struct segment : seq<flags, gap, left, one<':'>, right, one<'('>, length, one<')'>,
                     opt<ack>, opt<window>, opt<urgent>, opt<spaces, option_list>, opt<gap, ecn>> {};

// "icmp unreachable mtu 1200 [1:1461]", "icmp unreachable port"
struct mtu : seq<TAO_PEGTL_STRING("mtu"), gap, must<number>> {};
struct quoted : seq<one<'['>, must<position, one<']'>>> {};
struct icmp : seq<TAO_PEGTL_STRING("icmp"), must<gap, TAO_PEGTL_STRING("unreachable"), gap,
                  sor<mtu, word>, opt<gap, quoted>>> {};

struct arrival : seq<one<'<'>, spaces, must<sor<icmp, segment>>> {};
struct expectation : seq<one<'>'>, spaces, must<segment>> {};
struct call : list<word, gap> {};
struct setting : seq<TAO_PEGTL_STRING("set"), gap, must<word, gap, number>> {};
struct step : seq<time, must<gap, sor<arrival, expectation, call>>> {};

struct line : seq<spaces, opt<sor<setting, step>>, spaces, opt<comment>, must<eolf>> {};
struct script : seq<star<not_at<eof>, line>, eof> {};
// clang-format on

}  // namespace packets::grammar
