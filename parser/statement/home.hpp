// HOME and BSDROUTINGPARMS: the addresses of links, and the MTU and mask of each.
#pragma once

#include "parser/grammar/value.hpp"

#include <tao/pegtl/rules.hpp>

namespace parser::grammar::home {

using pegtl::not_at;
using pegtl::opt;
using pegtl::seq;
using pegtl::sor;
using pegtl::star;

struct address : ipv4 {};
struct link_name : name {};
struct mtu : number<"an MTU", 576, 65535> {};
struct network_mask : mask {};
struct metric : number<"a metric", 0, 16> {};
/// The other end of a point-to-point link.
struct destination : ipv4 {};
struct no_destination : word<no_destination> {
    static bool accepts(std::string_view text) { return text == "0"; }
    static std::string describe() { return "0 (no destination)"; }
};

// clang-format off
struct entry : phrase<address, link_name> {};
struct list : star<entry> {};

struct link_mtu : sor<kw<"DEFAULTSIZE">, mtu> {};
struct end : kw<"ENDBSDRoutingparms"> {};
struct link_network : seq<
    not_at<end>,
    phrase<link_name, link_mtu, metric, network_mask, sor<no_destination, destination>>> {};
struct networks : phrase<sor<kw<"TRUE">, kw<"FALSE">>, star<link_network>, end> {};
// clang-format on

}  // namespace parser::grammar::home
