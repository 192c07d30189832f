#include "parser/statement/tcpconfig.hpp"

#include "parser/grammar/run.hpp"
#include "parser/statement/parsers.hpp"

namespace parser::grammar {

namespace tcpconfig {

template <typename Rule>
struct action : common_action<Rule> {};

/// A keyword that sets a field to a value.
template <auto Field, auto Value>
struct chooses {
    static void apply0(tcpconfig_statement& draft, context&) { draft.*Field = Value; }
};

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
struct action<max_send_buffer> : sets<&tcpconfig_statement::max_send_buffer> {};
template <>
struct action<max_receive_buffer> : sets<&tcpconfig_statement::max_receive_buffer> {};
template <>
struct action<attempts> : sets<&tcpconfig_statement::retransmit_attempts> {};
template <>
struct action<connect_initial> : sets<&tcpconfig_statement::connect_initial_milliseconds> {};
template <>
struct action<max_retransmit> : sets<&tcpconfig_statement::max_retransmit_seconds> {};
template <>
struct action<keep_alive> : sets<&tcpconfig_statement::keep_alive_minutes> {};
template <>
struct action<probe_interval> : sets<&tcpconfig_statement::probe_seconds> {};
template <>
struct action<probes> : sets<&tcpconfig_statement::probes> {};
template <>
struct action<duplicates> : sets<&tcpconfig_statement::duplicate_threshold> {};

template <>
struct action<kw<"RESTRICTLowports">> : chooses<&tcpconfig_statement::restrict_low_ports, true> {};
template <>
struct action<kw<"UNRESTRICTLowports">> : chooses<&tcpconfig_statement::restrict_low_ports, false> {
};
template <>
struct action<kw<"DELAYAcks">> : chooses<&tcpconfig_statement::delay_acks, true> {};
template <>
struct action<kw<"AUTODELAYAcks">> : chooses<&tcpconfig_statement::delay_acks, true> {};
template <>
struct action<kw<"NODELAYAcks">> : chooses<&tcpconfig_statement::delay_acks, false> {};
template <>
struct action<kw<"NAGLE">> : chooses<&tcpconfig_statement::nagle, true> {};
template <>
struct action<kw<"NONAGLE">> : chooses<&tcpconfig_statement::nagle, false> {};
template <>
struct action<kw<"TCPTIMEstamp">> : chooses<&tcpconfig_statement::timestamps, true> {};
template <>
struct action<kw<"NOTCPTIMEstamp">> : chooses<&tcpconfig_statement::timestamps, false> {};
template <>
struct action<kw<"SELECTIVEACK">> : chooses<&tcpconfig_statement::selective_ack, true> {};
template <>
struct action<kw<"NOSELECTIVEACK">> : chooses<&tcpconfig_statement::selective_ack, false> {};

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
