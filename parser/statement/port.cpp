#include "parser/statement/port.hpp"

#include "parser/grammar/run.hpp"
#include "parser/statement/parsers.hpp"

namespace parser::grammar {

namespace port {

template <typename Rule>
struct action : common_action<Rule> {};

template <>
struct action<port_number> {
    template <typename Input>
    static void apply(Input const& in, port_statement& draft, context& ctx) {
        draft = port_statement();
        draft.port = {static_cast<std::uint16_t>(*to_number(in.string_view())),
                      ctx.span_of(in.string_view())};
    }
};

template <>
struct action<kw<"UDP">> {
    static void apply0(port_statement& draft, context&) { draft.protocol = port_protocol::udp; }
};

template <>
struct action<job> {
    template <typename Input>
    static void apply(Input const& in, port_statement& draft, context&) {
        draft.job = to_job(in.string_view());
    }
};

template <>
struct action<kw<"NOAUTOLog">> {
    static void apply0(port_statement& draft, context&) { draft.no_autolog = true; }
};

template <>
struct action<bind_address> {
    template <typename Input>
    static void apply(Input const& in, port_statement& draft, context& ctx) {
        draft.bind =
            spanned_address{*parse_ip_address(in.string_view()), ctx.span_of(in.string_view())};
    }
};

template <>
struct action<entry> {
    static void apply0(port_statement& draft, context& ctx) { ctx.emit(draft, draft.port.where); }
};

}  // namespace port

outcome parse_port(char const* at, context& ctx) {
    port_statement draft;
    return run<port::statement, port::action>(at, draft, ctx);
}

}  // namespace parser::grammar
