// VIPADISTRIBUTE [options] dvipa [PORT list] DESTIP {ALL | list}.
#pragma once

#include "parser/grammar/value.hpp"
#include "parser/statement/sharing.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::vipadistribute {

using pegtl::must;
using pegtl::opt;
using pegtl::plus;
using pegtl::seq;
using pegtl::sor;

struct dvipa : ipv4 {};
struct target : any_ip {};
/// The interface name of an IPv6 DVIPA: what follows tells it from a misspelt option.
struct interface_name {
    using rule_t = interface_name;
    using subs_t = pegtl::empty_list;
    static constexpr bool is_keyword = false;
    static constexpr bool is_supported = true;

    template <typename Input>
    static bool match(Input& in) {
        std::string_view const text = word_at(in.current(), in.end());
        char const* const next = skip_blanks(in.current() + text.size(), in.end());
        std::string_view const after = word_at(next, in.end());
        if (!name::accepts(text)) return false;
        if (!kw<"PORT">::accepts(after) && !kw<"DESTIP">::accepts(after)) return false;
        in.bump(text.size());
        return true;
    }
    static std::string describe() { return "the interface name of an IPv6 DVIPA"; }
};
struct local_weight : number<"a local preference", 0, 16> {};
struct any_number : number<"a number", 0, 4294967295> {};

/// num or num-num, both 1 to 65535.
struct port_item : word<port_item> {
    static bool accepts(std::string_view text);
    static std::string describe() { return "a port or range of ports (1 to 65535, first-last)"; }
};

// clang-format off
struct method : sor<
    seq<then<kw<"BASEWLM">>, opt<unsupported_rest<kw<"PROCTYPE">>>>,
    then<kw<"ROUNDROBIN">>,
    unsupported_rest<kw<"SERVERWLM">>, unsupported_rest<kw<"WEIGHTEDActive">>,
    unsupported_rest<kw<"HOTSTANDBY">>, unsupported_rest<kw<"TARGCONTROLLED">>> {};

struct option : sor<
    then<kw<"DEFINE">>,
    then<kw<"DELEte">>,
    phrase<kw<"DISTMethod">, method>,
    phrase<kw<"OPTLOCAL">, opt<then<local_weight>>>,
    then<kw<"NOOPTLOCAL">>,
    sharing::keyword,
    unsupported<kw<"TIMEDAFFinity">, any_number>,
    unsupported_rest<kw<"TIER1">>, unsupported_rest<kw<"TIER2">>> {};

struct ports : phrase<kw<"PORT">, plus<then<port_item>>> {};
struct target_option : sor<unsupported_rest<kw<"WEIGHT">>, unsupported_rest<kw<"PREFERRED">>,
                           unsupported_rest<kw<"BACKUP">>, unsupported_rest<kw<"PROCTYPE">>> {};
struct targets : plus<seq<then<target>, opt<target_option>>> {};
struct destinations : phrase<kw<"DESTIP">, sor<then<kw<"ALL">>, targets>, opt<target_option>> {};

struct statement : seq<any_order<option>, phrase<sor<dvipa, interface_name>, opt<ports>, destinations>> {};
// clang-format on

}  // namespace parser::grammar::vipadistribute

template <typename Name>
struct tao::pegtl::analyze_traits<Name, parser::grammar::vipadistribute::interface_name>
    : tao::pegtl::analyze_any_traits<> {};
