#include "parser/statement/globalconfig.hpp"

#include "parser/grammar/run.hpp"
#include "parser/statement/parsers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace parser::grammar {

namespace globalconfig {

template <typename Rule>
struct action : common_action<Rule> {};

/// A keyword that sets a field to a value.
template <auto Field, auto Value>
struct sets {
    static void apply0(globalconfig_statement& draft, context&) { draft.*Field = Value; }
};

template <>
struct action<kw<"AUTO">> : sets<&globalconfig_statement::adjust_dvipa_mss, dvipa_mss::automatic> {
};
template <>
struct action<kw<"ALL">> : sets<&globalconfig_statement::adjust_dvipa_mss, dvipa_mss::all> {};
template <>
struct action<kw<"NONE">> : sets<&globalconfig_statement::adjust_dvipa_mss, dvipa_mss::none> {};

template <>
struct action<kw<"AUTOREJOIN">> : sets<&globalconfig_statement::auto_rejoin, true> {};
template <>
struct action<kw<"NOAUTOREJOIN">> : sets<&globalconfig_statement::auto_rejoin, false> {};
template <>
struct action<kw<"DELAYJOIN">> : sets<&globalconfig_statement::delay_join, true> {};
template <>
struct action<kw<"NODELAYJOIN">> : sets<&globalconfig_statement::delay_join, false> {};
template <>
struct action<kw<"DYNROUTE">> : sets<&globalconfig_statement::dynamic_routes, true> {};
template <>
struct action<kw<"NODYNROUTE">> : sets<&globalconfig_statement::dynamic_routes, false> {};
template <>
struct action<kw<"RECOVERY">> : sets<&globalconfig_statement::recovery, true> {};
template <>
struct action<kw<"NORECOVERY">> : sets<&globalconfig_statement::recovery, false> {};

/// MONINTERFACE implies DYNROUTE, NOMONINTERFACE the opposite.
template <bool Value>
struct monitors_interfaces {
    static void apply0(globalconfig_statement& draft, context&) {
        draft.monitor_interfaces = Value;
        draft.dynamic_routes = Value;
    }
};
template <>
struct action<kw<"MONINTERFACE">> : monitors_interfaces<true> {};
template <>
struct action<kw<"NOMONINTERFACE">> : monitors_interfaces<false> {};

template <>
struct action<kw<"NOJOIN">> {
    template <typename Input>
    static void apply(Input const& in, globalconfig_statement& draft, context& ctx) {
        draft.no_join = ctx.span_of(in.string_view());
    }
};

template <>
struct action<monitor_seconds> {
    template <typename Input>
    static void apply(Input const& in, globalconfig_statement& draft, context&) {
        draft.monitor_seconds = static_cast<std::uint16_t>(*to_number(in.string_view()));
    }
};

template <>
struct action<poll_seconds> {
    template <typename Input>
    static void apply(Input const& in, globalconfig_statement& draft, context&) {
        draft.wlm_poll_seconds = static_cast<std::uint8_t>(*to_number(in.string_view()));
    }
};

template <>
struct action<group_id> {
    template <typename Input>
    static void apply(Input const& in, globalconfig_statement& draft, context& ctx) {
        draft.xcf_group_id = {static_cast<std::uint8_t>(*to_number(in.string_view())),
                              ctx.span_of(in.string_view())};
    }
};

template <>
struct action<first_port> {
    template <typename Input>
    static void apply(Input const& in, globalconfig_statement& draft, context& ctx) {
        auto const port = static_cast<std::uint16_t>(*to_number(in.string_view()));
        draft.explicit_bind_ports =
            spanned<port_range>{{port, port}, ctx.span_of(in.string_view())};
    }
};

template <>
struct action<port_count> {
    template <typename Input>
    static void apply(Input const& in, globalconfig_statement& draft, context& ctx) {
        auto& ports = (*draft.explicit_bind_ports)->value;
        std::uint32_t const last = ports.first + *to_number(in.string_view()) - 1;
        ports.last = static_cast<std::uint16_t>(std::min(last, 65535U));
        if (last > 65535)
            ctx.error(ctx.span_of(in.string_view()),
                      fmt::format("EXPLICITBINDPORTRANGE {} {} goes beyond port 65535", ports.first,
                                  in.string_view()),
                      fmt::format("write {} or less", 65536 - ports.first));
    }
};

template <>
struct action<kw<"NOEXPLICITBINDPORTRANGE">> {
    static void apply0(globalconfig_statement& draft, context&) {
        draft.explicit_bind_ports.emplace(std::nullopt);
    }
};

}  // namespace globalconfig

outcome parse_globalconfig(char const* at, context& ctx) {
    globalconfig_statement draft;
    auto const result = run<globalconfig::statement, globalconfig::action>(at, draft, ctx);
    if (result.complete) ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

}  // namespace parser::grammar
