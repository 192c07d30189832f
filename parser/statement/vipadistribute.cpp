#include "parser/statement/vipadistribute.hpp"

#include "parser/statement/parsers.hpp"
#include "parser/statement/sharing_action.hpp"

namespace parser::grammar {

namespace vipadistribute {

namespace {

std::optional<port_range> to_port_range(std::string_view text) {
    auto const to_port = [](std::string_view digits) -> std::uint16_t {
        auto const value = to_number(digits);
        return value && *value <= 65535 ? static_cast<std::uint16_t>(*value) : std::uint16_t{0};
    };
    std::size_t const dash = text.find('-');
    port_range range{to_port(text.substr(0, dash)), 0};
    range.last = dash == std::string_view::npos ? range.first : to_port(text.substr(dash + 1));
    if (range.first == 0 || range.last < range.first) return std::nullopt;
    return range;
}

}  // namespace

bool port_item::accepts(std::string_view text) {
    return to_port_range(text).has_value();
}

template <typename Rule>
struct action : sharing::action<Rule> {};

template <>
struct action<kw<"DELEte">> {
    static void apply0(vipadistribute_statement& draft, context&) { draft.remove = true; }
};

template <>
struct action<kw<"DEFINE">> {
    static void apply0(vipadistribute_statement& draft, context&) { draft.remove = false; }
};

template <distribution_method Method>
struct has_method {
    static void apply0(vipadistribute_statement& draft, context&) { draft.method = Method; }
};
template <>
struct action<kw<"BASEWLM">> : has_method<distribution_method::base_wlm> {};
template <>
struct action<kw<"SERVERWLM">> : has_method<distribution_method::server_wlm> {};
template <>
struct action<kw<"ROUNDROBIN">> : has_method<distribution_method::round_robin> {};
template <>
struct action<kw<"WEIGHTEDActive">> : has_method<distribution_method::weighted_active> {};
template <>
struct action<kw<"HOTSTANDBY">> : has_method<distribution_method::hot_standby> {};

template <std::optional<bool> vipadistribute_statement::*Which, bool Value>
struct sets {
    static void apply0(vipadistribute_statement& draft, context&) { draft.*Which = Value; }
};
template <>
struct action<kw<"AUTOSWITCHBACK">> : sets<&vipadistribute_statement::switch_back, true> {};
template <>
struct action<kw<"NOAUTOSWITCHBACK">> : sets<&vipadistribute_statement::switch_back, false> {};
template <>
struct action<kw<"HEALTHSWITCH">> : sets<&vipadistribute_statement::health_switch, true> {};
template <>
struct action<kw<"NOHEALTHSWITCH">> : sets<&vipadistribute_statement::health_switch, false> {};

template <>
struct action<affinity> {
    template <typename Input>
    static void apply(Input const& in, vipadistribute_statement& draft, context&) {
        draft.affinity_seconds = static_cast<std::uint16_t>(*to_number(in.string_view()));
    }
};

template <>
struct action<kw<"OPTLOCAL">> {
    static void apply0(vipadistribute_statement& draft, context&) {
        draft.optlocal = std::uint8_t{1};
    }
};

template <>
struct action<local_weight> {
    template <typename Input>
    static void apply(Input const& in, vipadistribute_statement& draft, context&) {
        draft.optlocal = static_cast<std::uint8_t>(*to_number(in.string_view()));
    }
};

template <>
struct action<kw<"NOOPTLOCAL">> {
    static void apply0(vipadistribute_statement& draft, context&) {
        draft.optlocal.emplace(std::nullopt);
    }
};

template <>
struct action<dvipa> {
    template <typename Input>
    static void apply(Input const& in, vipadistribute_statement& draft, context& ctx) {
        draft.dvipa = address_at(in.string_view(), ctx);
    }
};

template <>
struct action<interface_name> {
    template <typename Input>
    static void apply(Input const& in, vipadistribute_statement& draft, context& ctx) {
        draft.interface = name_at(in.string_view(), ctx);
    }
};

template <>
struct action<port_item> {
    template <typename Input>
    static void apply(Input const& in, vipadistribute_statement& draft, context& ctx) {
        draft.ports.push_back({*to_port_range(in.string_view()), ctx.span_of(in.string_view())});
    }
};

template <>
struct action<kw<"ALL">> {
    static void apply0(vipadistribute_statement& draft, context&) { draft.all_targets = true; }
};

template <>
struct action<target> {
    template <typename Input>
    static void apply(Input const& in, vipadistribute_statement& draft, context& ctx) {
        draft.targets.push_back({address_at(in.string_view(), ctx), {}, {}});
    }
};

template <>
struct action<target_weight> {
    template <typename Input>
    static void apply(Input const& in, vipadistribute_statement& draft, context& ctx) {
        draft.targets.back().weight = {static_cast<std::uint8_t>(*to_number(in.string_view())),
                                       ctx.span_of(in.string_view())};
    }
};

template <bool Preferred>
struct has_standby {
    template <typename Input>
    static void apply(Input const& in, vipadistribute_statement& draft, context& ctx) {
        draft.targets.back().standby = {{Preferred, 1}, ctx.span_of(in.string_view())};
    }
};
template <>
struct action<kw<"PREFERRED">> : has_standby<true> {};
template <>
struct action<kw<"BACKUP">> : has_standby<false> {};

template <>
struct action<backup_rank> {
    template <typename Input>
    static void apply(Input const& in, vipadistribute_statement& draft, context&) {
        draft.targets.back().standby->value.rank =
            static_cast<std::uint8_t>(*to_number(in.string_view()));
    }
};

}  // namespace vipadistribute

outcome parse_vipadistribute(char const* at, context& ctx) {
    vipadistribute_statement draft;
    auto const result = run<vipadistribute::statement, vipadistribute::action>(at, draft, ctx);
    if (result.complete && !ctx.abandoned()) ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

}  // namespace parser::grammar
