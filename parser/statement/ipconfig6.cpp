#include "parser/statement/ipconfig6.hpp"

#include "parser/grammar/run.hpp"
#include "parser/statement/parsers.hpp"

namespace parser::grammar {

namespace ipconfig6 {

template <typename Rule>
struct action : common_action<Rule> {};

/// A keyword that sets a field to a value.
template <auto Field, auto Value>
struct sets {
    static void apply0(ipconfig6_statement& draft, context&) { draft.*Field = Value; }
};

template <>
struct action<kw<"DATAGRamfwd">> : sets<&ipconfig6_statement::forwarding, true> {};
template <>
struct action<kw<"NODATAGRamfwd">> : sets<&ipconfig6_statement::forwarding, false> {};
template <>
struct action<kw<"SOURCEVIPA">> : sets<&ipconfig6_statement::source_vipa, true> {};
template <>
struct action<kw<"NOSOURCEVIPA">> : sets<&ipconfig6_statement::source_vipa, false> {};
template <>
struct action<kw<"MULTIPATH">> : sets<&ipconfig6_statement::multipath, true> {};
template <>
struct action<kw<"NOMULTIPATH">> : sets<&ipconfig6_statement::multipath, false> {};

template <>
struct action<hop_limit> {
    template <typename Input>
    static void apply(Input const& in, ipconfig6_statement& draft, context&) {
        draft.hop_limit = static_cast<std::uint8_t>(*to_number(in.string_view()));
    }
};

template <>
struct action<source_vipa_name> {
    template <typename Input>
    static void apply(Input const& in, ipconfig6_statement& draft, context& ctx) {
        draft.tcp_stack_source_vipa =
            spanned_name{*to_name(in.string_view(), 16, true), ctx.span_of(in.string_view())};
    }
};

template <>
struct action<kw<"NOTCPSTACKSOURCEVipa">> {
    static void apply0(ipconfig6_statement& draft, context&) {
        draft.tcp_stack_source_vipa.emplace(std::nullopt);
    }
};

template <>
struct action<xcf_with_length> {
    template <typename Input>
    static void apply(Input const& in, ipconfig6_statement& draft, context& ctx) {
        auto const value = *to_address_length(in.string_view());
        draft.xcf = spanned<parser::dynamic_xcf>{{value.address, value.length, 0, {}},
                                                 ctx.span_of(in.string_view())};
    }
};

template <>
struct action<xcf_address> {
    template <typename Input>
    static void apply(Input const& in, ipconfig6_statement& draft, context& ctx) {
        draft.xcf = spanned<parser::dynamic_xcf>{{*parse_ip_address(in.string_view()), 128, 0, {}},
                                                 ctx.span_of(in.string_view())};
    }
};

template <>
struct action<xcf_source_vipa> {
    template <typename Input>
    static void apply(Input const& in, ipconfig6_statement& draft, context&) {
        (*draft.xcf)->value.source_vipa_interface = to_name(in.string_view(), 16, true);
    }
};

template <>
struct action<kw<"NODYNAMICXCF">> {
    static void apply0(ipconfig6_statement& draft, context&) { draft.xcf.emplace(std::nullopt); }
};

}  // namespace ipconfig6

outcome parse_ipconfig6(char const* at, context& ctx) {
    ipconfig6_statement draft;
    auto const result = run<ipconfig6::statement, ipconfig6::action>(at, draft, ctx);
    if (result.complete && !ctx.abandoned()) ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

}  // namespace parser::grammar
