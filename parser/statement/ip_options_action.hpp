// Fills a draft from what IPCONFIG and IPCONFIG6 have in common.
#pragma once

#include "parser/grammar/run.hpp"
#include "parser/statement/ip_options.hpp"

namespace parser::grammar::ip_options {

template <typename Rule>
struct action : common_action<Rule> {};

template <bool Value>
struct forwards {
    template <typename Draft>
    static void apply0(Draft& draft, context&) {
        draft.forwarding = Value;
    }
};
template <>
struct action<kw<"DATAGRamfwd">> : forwards<true> {};
template <>
struct action<kw<"NODATAGRamfwd">> : forwards<false> {};

template <bool Value>
struct uses_source_vipa {
    template <typename Draft>
    static void apply0(Draft& draft, context&) {
        draft.source_vipa = Value;
    }
};
template <>
struct action<kw<"SOURCEVIPA">> : uses_source_vipa<true> {};
template <>
struct action<kw<"NOSOURCEVIPA">> : uses_source_vipa<false> {};

template <bool Value>
struct uses_multipath {
    template <typename Draft>
    static void apply0(Draft& draft, context&) {
        draft.multipath = Value;
    }
};
template <>
struct action<kw<"MULTIPATH">> : uses_multipath<true> {};
template <>
struct action<kw<"NOMULTIPATH">> : uses_multipath<false> {};

template <>
struct action<kw<"NOTCPSTACKSOURCEVipa">> {
    template <typename Draft>
    static void apply0(Draft& draft, context&) {
        draft.tcp_stack_source_vipa.emplace(std::nullopt);
    }
};

/// For the word that is an address with its length.
struct takes_xcf_with_length {
    template <typename Input, typename Draft>
    static void apply(Input const& in, Draft& draft, context& ctx) {
        auto const value = *to_address_length(in.string_view());
        draft.xcf = spanned<parser::dynamic_xcf>{{value.address, value.length, 0, {}},
                                                 ctx.span_of(in.string_view())};
    }
};

/// For the word that is an address alone.
struct takes_xcf_address {
    template <typename Input, typename Draft>
    static void apply(Input const& in, Draft& draft, context& ctx) {
        auto const address = *parse_ip_address(in.string_view());
        draft.xcf = spanned<parser::dynamic_xcf>{
            {address, static_cast<std::uint8_t>(address.bits()), 0, {}},
            ctx.span_of(in.string_view())};
    }
};

template <>
struct action<xcf_source_vipa> {
    template <typename Input, typename Draft>
    static void apply(Input const& in, Draft& draft, context&) {
        (*draft.xcf)->value.source_vipa_interface = to_name(in.string_view(), 16, true);
    }
};

template <>
struct action<kw<"NODYNAMICXCF">> {
    template <typename Draft>
    static void apply0(Draft& draft, context&) {
        draft.xcf.emplace(std::nullopt);
    }
};

}  // namespace parser::grammar::ip_options
