#include "parser/statement/vipadefine.hpp"

#include "parser/statement/parsers.hpp"
#include "parser/statement/sharing_action.hpp"
#include "parser/statement/table.hpp"

namespace parser::grammar {

namespace vipadefine {

/// VIPADEFINE and VIPABACKUP while they are read.
struct draft {
    std::optional<sharing_keyword> sharing;
    std::uint8_t rank = 1;
    std::optional<vipa_move> moveable;
    std::optional<std::uint8_t> prefix_length;
    std::optional<spanned_name> interface;
    std::vector<spanned_address> addresses;
};

bool deleted_name::accepts(std::string_view text) {
    return name::accepts(text) && !ends_vipadynamic_statement(text);
}

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
        draft.addresses.push_back(address_at(in.string_view(), ctx));
    }
};

template <>
struct action<address6> : action<address> {};

template <>
struct action<address6_with_length> {
    template <typename Input>
    static void apply(Input const& in, draft& draft, context& ctx) {
        auto const value = *to_address_length(in.string_view());
        draft.prefix_length = value.length;
        draft.addresses.push_back({value.address, ctx.span_of(in.string_view())});
    }
};

template <>
struct action<deleted_name> {
    template <typename Input>
    static void apply(Input const& in, draft& draft, context& ctx) {
        draft.interface = name_at(in.string_view(), ctx);
    }
};

template <>
struct action<interface_name> : action<deleted_name> {};

/// What the syntax diagram of the IPv6 form leaves out.
bool is_well_formed(draft const& draft, context& ctx) {
    if (!draft.interface || draft.moveable != vipa_move::when_idle) return true;
    ctx.error(draft.interface->where, "an IPv6 DVIPA can't be MOVEABLE WHENIDLE",
              "write MOVEABLE IMMEDIATE");
    return false;
}

std::uint8_t length_of(draft const& draft) {
    return draft.prefix_length.value_or(draft.interface ? 128 : 32);
}

}  // namespace vipadefine

/// VIPADYNAMIC itself takes nothing.
outcome parse_vipadynamic(char const* at, context&) {
    return {at, true};
}

outcome parse_vipadefine(char const* at, context& ctx) {
    vipadefine::draft draft;
    auto const result = run<vipadefine::define, vipadefine::action>(at, draft, ctx);
    if (result.complete && !ctx.abandoned() && is_well_formed(draft, ctx))
        ctx.emit(
            vipadefine_statement{draft.sharing, draft.moveable.value_or(vipa_move::immediate),
                                 length_of(draft), draft.interface, std::move(draft.addresses)},
            ctx.statement_begin);
    return result;
}

outcome parse_vipabackup(char const* at, context& ctx) {
    vipadefine::draft draft;
    auto const result = run<vipadefine::backup, vipadefine::action>(at, draft, ctx);
    if (!result.complete || ctx.abandoned() || !is_well_formed(draft, ctx)) return result;
    vipabackup_statement backup;
    backup.rank = draft.rank;
    if (draft.moveable) backup.activate = {*draft.moveable, length_of(draft)};
    backup.interface = draft.interface;
    backup.addresses = std::move(draft.addresses);
    ctx.emit(std::move(backup), ctx.statement_begin);
    return result;
}

outcome parse_vipadelete(char const* at, context& ctx) {
    vipadefine::draft draft;
    auto const result = run<vipadefine::remove, vipadefine::action>(at, draft, ctx);
    if (result.complete && !ctx.abandoned())
        ctx.emit(vipadelete_statement{draft.interface, std::move(draft.addresses)},
                 ctx.statement_begin);
    return result;
}

}  // namespace parser::grammar
