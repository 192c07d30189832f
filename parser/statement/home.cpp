#include "parser/statement/home.hpp"

#include "parser/grammar/run.hpp"
#include "parser/statement/parsers.hpp"

namespace parser::grammar {

namespace home {

template <typename Rule>
struct action : common_action<Rule> {};

template <>
struct action<address> {
    template <typename Input>
    static void apply(Input const& in, home_statement& draft, context& ctx) {
        draft.entries.push_back({address_at(in.string_view(), ctx), {}});
    }
};

template <>
struct action<link_name> {
    template <typename Input>
    static void apply(Input const& in, home_statement& draft, context& ctx) {
        draft.entries.back().link = name_at(in.string_view(), ctx);
    }
    template <typename Input>
    static void apply(Input const& in, link_network_statement& draft, context& ctx) {
        draft = {name_at(in.string_view(), ctx), {}, 0};
    }
};

template <>
struct action<mtu> {
    template <typename Input>
    static void apply(Input const& in, link_network_statement& draft, context&) {
        draft.mtu = static_cast<std::uint16_t>(*to_number(in.string_view()));
    }
};

template <>
struct action<network_mask> {
    template <typename Input>
    static void apply(Input const& in, link_network_statement& draft, context&) {
        draft.prefix_length = *mask_length(*parse_ip_address(in.string_view()));
    }
};

template <>
struct action<link_network> {
    static void apply0(link_network_statement& draft, context& ctx) {
        ctx.emit(draft, draft.link.where);
    }
};

}  // namespace home

outcome parse_home(char const* at, context& ctx) {
    home_statement draft;
    auto const result = run<home::list, home::action>(at, draft, ctx);
    // z/OS keeps the entries before one that is not complete.
    if (!result.complete && !draft.entries.empty()) draft.entries.pop_back();
    ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

outcome parse_bsdroutingparms(char const* at, context& ctx) {
    link_network_statement draft;
    return run<home::networks, home::action>(at, draft, ctx);
}

}  // namespace parser::grammar
