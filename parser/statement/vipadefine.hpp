// VIPADEFINE, VIPABACKUP and VIPADELETE: lists of DVIPAs.
#pragma once

#include "parser/grammar/value.hpp"
#include "parser/statement/sharing.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::vipadefine {

using pegtl::opt;
using pegtl::plus;
using pegtl::seq;
using pegtl::sor;

struct address : ipv4 {};
struct address_mask : mask {};
struct rank : number<"a rank", 1, 254> {};

// clang-format off
struct tier : sor<
    unsupported<kw<"TIER1">>,
    seq<unsupported<kw<"TIER2">>, opt<unsupported<kw<"CPCSCOPE">>>>,
    unsupported<kw<"CPCSCOPE">>> {};
struct move : phrase<kw<"MOVEable">, sor<kw<"IMMEDiate">, kw<"WHENIDLE">>> {};
struct addresses : plus<then<address>> {};
struct mask_and_addresses : phrase<address_mask, addresses> {};

struct define : seq<opt<tier>, opt<sharing::keyword>, opt<move>, opt<unsupported<kw<"SERVICEMGR">>>,
                    sor<mask_and_addresses, unsupported_rest<ipv6_dvipa>>> {};

struct active_backup : seq<move, opt<unsupported<kw<"SERVICEMGR">>>, sor<mask_and_addresses, unsupported_rest<ipv6_dvipa>>> {};
struct backup : seq<opt<then<rank>>, opt<tier>, sor<active_backup, addresses, unsupported_rest<ipv6_dvipa>>> {};

struct remove : addresses {};
// clang-format on

}  // namespace parser::grammar::vipadefine
