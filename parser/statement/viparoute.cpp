#include "parser/statement/viparoute.hpp"

#include "parser/grammar/run.hpp"
#include "parser/statement/parsers.hpp"
#include "parser/statement/table.hpp"

namespace parser::grammar {

namespace viparoute {

bool password::accepts(std::string_view text) {
    return !ends_vipadynamic_statement(text);
}

template <typename Rule>
struct action : common_action<Rule> {};

template <>
struct action<kw<"DELEte">> {
    static void apply0(viparoute_statement& draft, context&) { draft.remove = true; }
};

template <>
struct action<xcf> {
    template <typename Input>
    static void apply(Input const& in, viparoute_statement& draft, context& ctx) {
        draft.xcf = address_at(in.string_view(), ctx);
    }
};

template <>
struct action<target> {
    template <typename Input>
    static void apply(Input const& in, viparoute_statement& draft, context& ctx) {
        draft.target = address_at(in.string_view(), ctx);
    }
};

}  // namespace viparoute

outcome parse_viparoute(char const* at, context& ctx) {
    viparoute_statement draft;
    auto const result = run<viparoute::route, viparoute::action>(at, draft, ctx);
    if (result.complete) ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

outcome parse_vipasmparms(char const* at, context& ctx) {
    viparoute_statement draft;
    return run<viparoute::service_manager, viparoute::action>(at, draft, ctx);
}

}  // namespace parser::grammar
