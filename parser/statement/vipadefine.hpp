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
struct interface_name : ipv6_dvipa {};
struct address6 : ipv6 {};
struct address6_with_length : ipv6_length {};
struct address_mask : mask {};
/// The name of an IPv6 DVIPA's interface where only the next statement can follow.
struct deleted_name : word<deleted_name> {
    static bool accepts(std::string_view text);
    static std::string describe() { return "the interface name of an IPv6 DVIPA"; }
};
struct rank : number<"a rank", 1, 254> {};

// clang-format off
struct tier : sor<
    unsupported<kw<"TIER1">>,
    seq<unsupported<kw<"TIER2">>, opt<unsupported<kw<"CPCSCOPE">>>>,
    unsupported<kw<"CPCSCOPE">>> {};
using service_manager = noted<"there is no service manager", kw<"SERVICEMGR">>;
struct move : phrase<kw<"MOVEable">, sor<kw<"IMMEDiate">, kw<"WHENIDLE">>> {};
struct addresses : plus<then<address>> {};
struct mask_and_addresses : phrase<address_mask, addresses> {};

struct ipv6_form : phrase<interface_name, sor<address6_with_length, address6>> {};

struct define : seq<opt<tier>, opt<sharing::keyword>, opt<move>, opt<service_manager>,
                    sor<mask_and_addresses, ipv6_form>> {};

struct active_backup : seq<move, opt<service_manager>, sor<mask_and_addresses, ipv6_form>> {};
struct backup : seq<opt<then<rank>>, opt<tier>, sor<active_backup, addresses, ipv6_form>> {};

struct remove : sor<addresses, then<deleted_name>> {};
// clang-format on

}  // namespace parser::grammar::vipadefine
