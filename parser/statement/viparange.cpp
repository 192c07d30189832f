#include "parser/statement/viparange.hpp"

#include "parser/statement/parsers.hpp"
#include "parser/statement/sharing_action.hpp"

namespace parser::grammar {

namespace viparange {

template <typename Rule>
struct action : sharing::action<Rule> {};

template <>
struct action<kw<"DELEte">> {
    static void apply0(viparange_statement& draft, context&) { draft.remove = true; }
};

template <>
struct action<kw<"NONDISRUPTive">> {
    static void apply0(viparange_statement& draft, context&) {
        draft.moveable = range_move::nondisruptive;
    }
};

template <>
struct action<kw<"DISRUPTive">> {
    static void apply0(viparange_statement& draft, context&) {
        draft.moveable = range_move::disruptive;
    }
};

template <>
struct action<network_mask> {
    template <typename Input>
    static void apply(Input const& in, viparange_statement& draft, context&) {
        draft.network.value.length = *mask_length(*parse_ip_address(in.string_view()));
    }
};

template <>
struct action<network> {
    template <typename Input>
    static void apply(Input const& in, viparange_statement& draft, context& ctx) {
        auto const address = *parse_ip_address(in.string_view());
        draft.network = {network_of(address, draft.network.value.length),
                         ctx.span_of(in.string_view())};
    }
};

template <>
struct action<interface_name> {
    template <typename Input>
    static void apply(Input const& in, viparange_statement& draft, context& ctx) {
        draft.interface = name_at(in.string_view(), ctx);
    }
};

template <>
struct action<network6> {
    template <typename Input>
    static void apply(Input const& in, viparange_statement& draft, context& ctx) {
        auto const value = *to_address_length(in.string_view());
        draft.network = {network_of(value.address, value.length), ctx.span_of(in.string_view())};
    }
};

template <>
struct action<binder_resource> {
    template <typename Input>
    static void apply(Input const& in, viparange_statement& draft, context&) {
        draft.saf = to_name(in.string_view(), 8, true);
    }
};

/// What the syntax diagram of the IPv6 form leaves out.
bool is_well_formed(viparange_statement const& draft, context& ctx) {
    if (!draft.interface || draft.moveable != range_move::disruptive) return true;
    ctx.error(draft.interface->where, "an IPv6 VIPARANGE can't be MOVEABLE DISRUPTIVE",
              "write MOVEABLE NONDISRUPTIVE");
    return false;
}

}  // namespace viparange

outcome parse_viparange(char const* at, context& ctx) {
    viparange_statement draft;
    auto const result = run<viparange::statement, viparange::action>(at, draft, ctx);
    if (result.complete && !ctx.abandoned() && viparange::is_well_formed(draft, ctx))
        ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

}  // namespace parser::grammar
