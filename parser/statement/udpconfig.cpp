#include "parser/statement/udpconfig.hpp"

#include "parser/grammar/run.hpp"
#include "parser/statement/parsers.hpp"

namespace parser::grammar {

namespace udpconfig {

template <typename Rule>
struct action : common_action<Rule> {};

template <auto Field, bool Value>
struct chooses {
    static void apply0(udpconfig_statement& draft, context&) { draft.*Field = Value; }
};

template <auto Field>
struct sets {
    template <typename Input>
    static void apply(Input const& in, udpconfig_statement& draft, context&) {
        draft.*Field = static_cast<std::uint16_t>(*to_size(in.string_view()));
    }
};

template <>
struct action<kw<"RESTRICTLowports">> : chooses<&udpconfig_statement::restrict_low_ports, true> {};
template <>
struct action<kw<"UNRESTRICTLowports">> : chooses<&udpconfig_statement::restrict_low_ports, false> {
};
template <>
struct action<kw<"UDPCHKsum">> : chooses<&udpconfig_statement::checksum, true> {};
template <>
struct action<kw<"NOUDPCHKsum">> : chooses<&udpconfig_statement::checksum, false> {};
template <>
struct action<send_buffer> : sets<&udpconfig_statement::send_buffer> {};
template <>
struct action<receive_buffer> : sets<&udpconfig_statement::receive_buffer> {};

template <>
struct action<first_port> {
    template <typename Input>
    static void apply(Input const& in, udpconfig_statement& draft, context& ctx) {
        auto const port = static_cast<std::uint16_t>(*to_number(in.string_view()));
        draft.ephemeral = spanned<port_range>{{port, port}, ctx.span_of(in.string_view())};
    }
};

template <>
struct action<last_port> {
    template <typename Input>
    static void apply(Input const& in, udpconfig_statement& draft, context&) {
        draft.ephemeral->value.last = static_cast<std::uint16_t>(*to_number(in.string_view()));
    }
};

}  // namespace udpconfig

outcome parse_udpconfig(char const* at, context& ctx) {
    udpconfig_statement draft;
    auto const result = run<udpconfig::statement, udpconfig::action>(at, draft, ctx);
    if (result.complete) ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

}  // namespace parser::grammar
