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

}  // namespace viparange

outcome parse_viparange(char const* at, context& ctx) {
    viparange_statement draft;
    auto const result = run<viparange::statement, viparange::action>(at, draft, ctx);
    if (result.complete && !ctx.abandoned()) ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

}  // namespace parser::grammar
