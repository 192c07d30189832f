#include "parser/statement/ipconfig6.hpp"

#include "parser/statement/ip_options_action.hpp"
#include "parser/statement/parsers.hpp"

namespace parser::grammar {

namespace ipconfig6 {

template <typename Rule>
struct action : ip_options::action<Rule> {};

template <>
struct action<hop_limit> {
    template <typename Input>
    static void apply(Input const& in, ipconfig6_statement& draft, context&) {
        draft.hop_limit = static_cast<std::uint8_t>(*to_number(in.string_view()));
    }
};

template <>
struct action<source_vipa_name> {
    template <typename Input>
    static void apply(Input const& in, ipconfig6_statement& draft, context& ctx) {
        draft.tcp_stack_source_vipa = name_at(in.string_view(), ctx);
    }
};

template <>
struct action<xcf_with_length> : ip_options::takes_xcf_with_length {};

template <>
struct action<xcf_address> : ip_options::takes_xcf_address {};

}  // namespace ipconfig6

outcome parse_ipconfig6(char const* at, context& ctx) {
    ipconfig6_statement draft;
    auto const result = run<ipconfig6::statement, ipconfig6::action>(at, draft, ctx);
    if (result.complete && !ctx.abandoned()) ctx.emit(std::move(draft), ctx.statement_begin);
    return result;
}

}  // namespace parser::grammar
