#include "parser/statement/ipconfig.hpp"

#include "parser/grammar/run.hpp"
#include "parser/statement/parsers.hpp"

namespace parser::grammar {

namespace ipconfig {

template <typename Rule>
struct action : common_action<Rule> {};

/// A keyword that sets a field to a value.
template <auto Field, auto Value>
struct sets {
    static void apply0(ipconfig_statement& draft, context&) { draft.*Field = Value; }
};

template <>
struct action<kw<"DATAGRamfwd">> : sets<&ipconfig_statement::forwarding, true> {};
template <>
struct action<kw<"NODATAGRamfwd">> : sets<&ipconfig_statement::forwarding, false> {};
template <>
struct action<kw<"SOURCEVIPA">> : sets<&ipconfig_statement::source_vipa, true> {};
template <>
struct action<kw<"NOSOURCEVIPA">> : sets<&ipconfig_statement::source_vipa, false> {};
template <>
struct action<kw<"SYSPLEXRouting">> : sets<&ipconfig_statement::sysplex_routing, true> {};
template <>
struct action<kw<"NOSYSPLEXRouting">> : sets<&ipconfig_statement::sysplex_routing, false> {};

template <>
struct action<kw<"MULTIPATH">> : sets<&ipconfig_statement::multipath, true> {};
template <>
struct action<kw<"NOMULTIPATH">> : sets<&ipconfig_statement::multipath, false> {};

template <>
struct action<reassembly> {
    template <typename Input>
    static void apply(Input const& in, ipconfig_statement& draft, context&) {
        draft.reassembly_seconds = static_cast<std::uint8_t>(*to_number(in.string_view()));
    }
};

template <>
struct action<ttl> {
    template <typename Input>
    static void apply(Input const& in, ipconfig_statement& draft, context&) {
        draft.ttl = static_cast<std::uint8_t>(*to_number(in.string_view()));
    }
};

template <>
struct action<source_vipa_address> {
    template <typename Input>
    static void apply(Input const& in, ipconfig_statement& draft, context& ctx) {
        draft.tcp_stack_source_vipa =
            spanned_address{*parse_ip_address(in.string_view()), ctx.span_of(in.string_view())};
    }
};

template <>
struct action<kw<"NOTCPSTACKSOURCEVipa">> {
    static void apply0(ipconfig_statement& draft, context&) {
        draft.tcp_stack_source_vipa.emplace(std::nullopt);
    }
};

template <>
struct action<xcf_with_length> {
    template <typename Input>
    static void apply(Input const& in, ipconfig_statement& draft, context& ctx) {
        auto const value = *to_address_length(in.string_view());
        draft.xcf = spanned<parser::dynamic_xcf>{{value.address, value.length, 0, {}},
                                                 ctx.span_of(in.string_view())};
    }
};

template <>
struct action<xcf_address> {
    template <typename Input>
    static void apply(Input const& in, ipconfig_statement& draft, context& ctx) {
        draft.xcf = spanned<parser::dynamic_xcf>{{*parse_ip_address(in.string_view()), 32, 0, {}},
                                                 ctx.span_of(in.string_view())};
    }
};

template <>
struct action<xcf_mask> {
    template <typename Input>
    static void apply(Input const& in, ipconfig_statement& draft, context&) {
        (*draft.xcf)->value.prefix_length = *mask_length(*parse_ip_address(in.string_view()));
    }
};

template <>
struct action<xcf_cost> {
    template <typename Input>
    static void apply(Input const& in, ipconfig_statement& draft, context&) {
        (*draft.xcf)->value.cost = static_cast<std::uint8_t>(*to_number(in.string_view()));
    }
};

template <>
struct action<xcf_source_vipa> {
    template <typename Input>
    static void apply(Input const& in, ipconfig_statement& draft, context&) {
        (*draft.xcf)->value.source_vipa_interface = to_name(in.string_view(), 16, true);
    }
};

template <>
struct action<kw<"NODYNAMICXCF">> {
    static void apply0(ipconfig_statement& draft, context&) { draft.xcf.emplace(std::nullopt); }
};

}  // namespace ipconfig

outcome parse_ipconfig(char const* at, context& ctx) {
    ipconfig_statement draft;
    auto const result = run<ipconfig::statement, ipconfig::action>(at, draft, ctx);
    if (result.complete) ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

}  // namespace parser::grammar
