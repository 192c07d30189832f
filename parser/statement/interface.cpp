#include "parser/statement/interface.hpp"

#include "parser/grammar/run.hpp"
#include "parser/statement/parsers.hpp"
#include "parser/statement/table.hpp"

namespace parser::grammar {

namespace interfaces {

template <typename Rule>
struct action : common_action<Rule> {};

template <>
struct action<interface_name> {
    template <typename Input>
    static void apply(Input const& in, interface_statement& draft, context& ctx) {
        draft.name = name_at(in.string_view(), ctx);
    }
};

template <>
struct action<kw<"IPAQENET">> {
    static void apply0(interface_statement& draft, context&) {
        draft.kind = interface_kind::ipaqenet;
    }
};

template <>
struct action<kw<"IPAQENET6">> {
    static void apply0(interface_statement& draft, context&) {
        draft.kind = interface_kind::ipaqenet;
    }
};

template <>
struct action<port_name> {
    template <typename Input>
    static void apply(Input const& in, interface_statement& draft, context&) {
        draft.port_name = to_name(in.string_view(), 16, true);
    }
};

template <>
struct action<source_vipa_name> {
    template <typename Input>
    static void apply(Input const& in, interface_statement& draft, context& ctx) {
        draft.source_vipa_interface = name_at(in.string_view(), ctx);
    }
};

template <>
struct action<mtu> {
    template <typename Input>
    static void apply(Input const& in, interface_statement& draft, context&) {
        draft.mtu = static_cast<std::uint16_t>(*to_number(in.string_view()));
    }
};

template <>
struct action<mtu6> : action<mtu> {};

template <>
struct action<host> {
    template <typename Input>
    static void apply(Input const& in, interface_statement& draft, context& ctx) {
        draft.address = address_at(in.string_view(), ctx);
        draft.prefix_length.reset();
    }
};

template <>
struct action<host_mask> {
    template <typename Input>
    static void apply(Input const& in, interface_statement& draft, context&) {
        draft.prefix_length = mask_length(*parse_ip_address(in.string_view()));
    }
};

template <>
struct action<host_with_length> {
    template <typename Input>
    static void apply(Input const& in, interface_statement& draft, context& ctx) {
        auto const value = *to_address_length(in.string_view());
        draft.address = {value.address, ctx.span_of(in.string_view())};
        draft.prefix_length = value.length;
    }
};

template <>
struct action<host6> {
    template <typename Input>
    static void apply(Input const& in, interface_statement& draft, context& ctx) {
        draft.address = address_at(in.string_view(), ctx);
        draft.prefix_length = 128;
    }
};

template <>
struct action<host6_with_length> : action<host_with_length> {};

/// Whether all of it was read: what is required may come after a word that is not understood.
bool ends_at(char const* at, context const& ctx) {
    std::string_view const next = word_at(at, ctx.end());
    return next.empty() || find_statement(all_statements(), next) != nullptr;
}

/// What the syntax diagram requires in whatever order.
bool has_required_parts(interface_statement& draft, context& ctx) {
    if (draft.kind == interface_kind::virtual_) {
        draft.prefix_length = static_cast<std::uint8_t>(draft.address->value.bits());
        return true;
    }
    bool complete = true;
    if (!draft.port_name) {
        ctx.error(draft.name.where, "INTERFACE " + draft.name.value + " has no PORTNAME",
                  "write PORTNAME and the name of its port");
        complete = false;
    }
    if (!draft.address) {
        ctx.error(draft.name.where, "INTERFACE " + draft.name.value + " has no IPADDR",
                  "write IPADDR address/length");
        return false;
    }
    if (!draft.prefix_length) {
        ctx.error(
            draft.address->where, "the address has neither a prefix length nor a mask",
            "write IPADDR " + draft.address->value.to_string() + "/24, or what its subnet is");
        complete = false;
    }
    return complete;
}

}  // namespace interfaces

outcome parse_interface(char const* at, context& ctx) {
    interface_statement draft;
    auto const result = run<interfaces::statement, interfaces::action>(at, draft, ctx);
    if (result.complete && !ctx.abandoned() && interfaces::ends_at(result.end, ctx) &&
        interfaces::has_required_parts(draft, ctx))
        ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

}  // namespace parser::grammar
