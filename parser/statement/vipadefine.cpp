#include "parser/statement/vipadefine.hpp"

#include "parser/statement/parsers.hpp"
#include "parser/statement/sharing_action.hpp"

namespace parser::grammar {

namespace vipadefine {

/// VIPADEFINE and VIPABACKUP while they are read.
struct draft {
    std::optional<sharing_keyword> sharing;
    std::uint8_t rank = 1;
    std::optional<vipa_move> moveable;
    std::optional<std::uint8_t> prefix_length;
    std::vector<spanned_address> addresses;
};

template <typename Rule>
struct action : sharing::action<Rule> {};

template <>
struct action<rank> {
    template <typename Input>
    static void apply(Input const& in, draft& draft, context&) {
        draft.rank = static_cast<std::uint8_t>(*to_number(in.string_view()));
    }
};

template <>
struct action<kw<"IMMEDiate">> {
    static void apply0(draft& draft, context&) { draft.moveable = vipa_move::immediate; }
};

template <>
struct action<kw<"WHENIDLE">> {
    static void apply0(draft& draft, context&) { draft.moveable = vipa_move::when_idle; }
};

template <>
struct action<address_mask> {
    template <typename Input>
    static void apply(Input const& in, draft& draft, context&) {
        draft.prefix_length = mask_length(*parse_ip_address(in.string_view()));
    }
};

template <>
struct action<address> {
    template <typename Input>
    static void apply(Input const& in, draft& draft, context& ctx) {
        draft.addresses.push_back(
            {*parse_ip_address(in.string_view()), ctx.span_of(in.string_view())});
    }
};

}  // namespace vipadefine

/// VIPADYNAMIC itself takes nothing.
outcome parse_vipadynamic(char const* at, context&) {
    return {at, true};
}

outcome parse_vipadefine(char const* at, context& ctx) {
    vipadefine::draft draft;
    auto const result = run<vipadefine::define, vipadefine::action>(at, draft, ctx);
    if (result.complete && !ctx.abandoned())
        ctx.emit(vipadefine_statement{draft.sharing, draft.moveable.value_or(vipa_move::immediate),
                                      draft.prefix_length.value_or(32), std::move(draft.addresses)},
                 ctx.statement_begin);
    return result;
}

outcome parse_vipabackup(char const* at, context& ctx) {
    vipadefine::draft draft;
    auto const result = run<vipadefine::backup, vipadefine::action>(at, draft, ctx);
    if (!result.complete || ctx.abandoned()) return result;
    vipabackup_statement backup;
    backup.rank = draft.rank;
    if (draft.moveable && draft.prefix_length)
        backup.activate = {*draft.moveable, *draft.prefix_length};
    backup.addresses = std::move(draft.addresses);
    ctx.emit(std::move(backup), ctx.statement_begin);
    return result;
}

outcome parse_vipadelete(char const* at, context& ctx) {
    vipadefine::draft draft;
    auto const result = run<vipadefine::remove, vipadefine::action>(at, draft, ctx);
    if (result.complete && !ctx.abandoned())
        ctx.emit(vipadelete_statement{std::move(draft.addresses)}, ctx.statement_begin);
    return result;
}

}  // namespace parser::grammar
