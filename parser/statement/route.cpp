#include "parser/statement/route.hpp"

#include "parser/grammar/run.hpp"
#include "parser/statement/parsers.hpp"

namespace parser::grammar {

namespace routes {

template <typename Rule>
struct action : common_action<Rule> {};

template <>
struct action<kw<"DEFAULT">> {
    template <typename Input>
    static void apply(Input const& in, route_statement& draft, context& ctx) {
        draft.destination = {ip_address::v4(0), ctx.span_of(in.string_view())};
        draft.prefix_length = 0;
    }
};

template <>
struct action<kw<"DEFAULT6">> {
    template <typename Input>
    static void apply(Input const& in, route_statement& draft, context& ctx) {
        draft.destination = {ip_address(), ctx.span_of(in.string_view())};
        draft.prefix_length = 0;
    }
};

template <>
struct action<network_with_length> {
    template <typename Input>
    static void apply(Input const& in, route_statement& draft, context& ctx) {
        auto const value = *to_address_length(in.string_view());
        draft.destination = {value.address, ctx.span_of(in.string_view())};
        draft.prefix_length = value.length;
    }
};

template <>
struct action<network> {
    template <typename Input>
    static void apply(Input const& in, route_statement& draft, context& ctx) {
        draft.destination = address_at(in.string_view(), ctx);
    }
};

template <>
struct action<network6> : action<network> {};
template <>
struct action<network6_with_length> : action<network_with_length> {};

template <>
struct action<kw<"HOST">> {
    static void apply0(route_statement& draft, context&) {
        draft.prefix_length = static_cast<std::uint8_t>(draft.destination.value.bits());
    }
};

template <>
struct action<network_mask> {
    template <typename Input>
    static void apply(Input const& in, route_statement& draft, context&) {
        draft.prefix_length = *mask_length(*parse_ip_address(in.string_view()));
    }
};

template <>
struct action<gateway> {
    template <typename Input>
    static void apply(Input const& in, route_statement& draft, context&) {
        draft.gateway = parse_ip_address(in.string_view());
    }
};

template <>
struct action<interface_name> {
    template <typename Input>
    static void apply(Input const& in, route_statement& draft, context& ctx) {
        draft.interface = name_at(in.string_view(), ctx);
    }
};

template <>
struct action<mtu> {
    template <typename Input>
    static void apply(Input const& in, route_statement& draft, context&) {
        draft.mtu = static_cast<std::uint16_t>(*to_number(in.string_view()));
    }
};

template <>
struct action<kw<"REPLaceable">> {
    static void apply0(route_statement& draft, context&) { draft.replaceable = true; }
};

template <>
struct action<kw<"NOREPLaceable">> {
    static void apply0(route_statement& draft, context&) { draft.replaceable = false; }
};

}  // namespace routes

outcome parse_begin_routes(char const* at, context& ctx) {
    ctx.emit(begin_routes_statement{}, ctx.statement_begin);
    return {at, true};
}

outcome parse_route(char const* at, context& ctx) {
    route_statement draft;
    auto const result = run<routes::statement, routes::action>(at, draft, ctx);
    if (result.complete && !ctx.abandoned()) ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

}  // namespace parser::grammar
