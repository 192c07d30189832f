#include "parser/statement/ipconfig.hpp"

#include "parser/statement/ip_options_action.hpp"
#include "parser/statement/parsers.hpp"

namespace parser::grammar {

namespace ipconfig {

template <typename Rule>
struct action : ip_options::action<Rule> {};

/// A keyword that sets a field to a value.
template <auto Field, auto Value>
struct sets {
    static void apply0(ipconfig_statement& draft, context&) { draft.*Field = Value; }
};

template <>
struct action<kw<"SYSPLEXRouting">> : sets<&ipconfig_statement::sysplex_routing, true> {};
template <>
struct action<kw<"NOSYSPLEXRouting">> : sets<&ipconfig_statement::sysplex_routing, false> {};

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
        draft.tcp_stack_source_vipa = address_at(in.string_view(), ctx);
    }
};

template <>
struct action<xcf_with_length> : ip_options::takes_xcf_with_length {};

template <>
struct action<xcf_address> : ip_options::takes_xcf_address {};

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

}  // namespace ipconfig

outcome parse_ipconfig(char const* at, context& ctx) {
    ipconfig_statement draft;
    auto const result = run<ipconfig::statement, ipconfig::action>(at, draft, ctx);
    if (result.complete) ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

}  // namespace parser::grammar
