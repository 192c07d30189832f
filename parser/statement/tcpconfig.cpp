#include "parser/statement/tcpconfig.hpp"

#include "parser/grammar/run.hpp"
#include "parser/statement/parsers.hpp"

namespace parser::grammar {

namespace tcpconfig {

template <typename Rule>
struct action : common_action<Rule> {};

/// A number or size that is the value of a field.
template <auto Field>
struct sets {
    template <typename Input>
    static void apply(Input const& in, tcpconfig_statement& draft, context&) {
        using value = typename std::remove_reference_t<decltype(draft.*Field)>::value_type;
        draft.*Field = static_cast<value>(*to_size(in.string_view()));
    }
};

template <>
struct action<time_wait> : sets<&tcpconfig_statement::time_wait_seconds> {};
template <>
struct action<fin_wait_2> : sets<&tcpconfig_statement::fin_wait_2_seconds> {};
template <>
struct action<connect_timeout> : sets<&tcpconfig_statement::connect_timeout_seconds> {};
template <>
struct action<send_buffer> : sets<&tcpconfig_statement::send_buffer> {};
template <>
struct action<receive_buffer> : sets<&tcpconfig_statement::receive_buffer> {};
template <>
struct action<attempts> : sets<&tcpconfig_statement::retransmit_attempts> {};

template <>
struct action<first_port> {
    template <typename Input>
    static void apply(Input const& in, tcpconfig_statement& draft, context& ctx) {
        auto const port = static_cast<std::uint16_t>(*to_number(in.string_view()));
        draft.ephemeral = spanned<port_range>{{port, port}, ctx.span_of(in.string_view())};
    }
};

template <>
struct action<last_port> {
    template <typename Input>
    static void apply(Input const& in, tcpconfig_statement& draft, context&) {
        draft.ephemeral->value.last = static_cast<std::uint16_t>(*to_number(in.string_view()));
    }
};

}  // namespace tcpconfig

outcome parse_tcpconfig(char const* at, context& ctx) {
    tcpconfig_statement draft;
    auto const result = run<tcpconfig::statement, tcpconfig::action>(at, draft, ctx);
    if (result.complete) ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

}  // namespace parser::grammar
