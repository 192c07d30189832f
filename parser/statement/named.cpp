#include "parser/statement/named.hpp"

#include "parser/grammar/run.hpp"
#include "parser/statement/parsers.hpp"

namespace parser::grammar {

namespace named {

template <typename Rule>
struct action : common_action<Rule> {};

template <>
struct action<interface_name> {
    template <typename Input>
    static void apply(Input const& in, spanned_name& draft, context& ctx) {
        draft = name_at(in.string_view(), ctx);
    }
};

template <>
struct action<backlog> {
    template <typename Input>
    static void apply(Input const& in, somaxconn_statement& draft, context&) {
        draft.connections = *to_number(in.string_view());
    }
};

}  // namespace named

outcome parse_start(char const* at, context& ctx) {
    spanned_name interface;
    auto const result = run<named::one_interface, named::action>(at, interface, ctx);
    if (result.complete) ctx.emit(start_statement{interface}, ctx.statement_begin);
    return result;
}

outcome parse_stop(char const* at, context& ctx) {
    spanned_name interface;
    auto const result = run<named::one_interface, named::action>(at, interface, ctx);
    if (result.complete) ctx.emit(stop_statement{interface}, ctx.statement_begin);
    return result;
}

outcome parse_primaryinterface(char const* at, context& ctx) {
    spanned_name interface;
    auto const result = run<named::one_interface, named::action>(at, interface, ctx);
    if (result.complete) ctx.emit(primaryinterface_statement{interface}, ctx.statement_begin);
    return result;
}

outcome parse_arpage(char const* at, context& ctx) {
    spanned_name unused;
    return run<named::arpage, named::action>(at, unused, ctx);
}

outcome parse_somaxconn(char const* at, context& ctx) {
    somaxconn_statement draft;
    auto const result = run<named::somaxconn, named::action>(at, draft, ctx);
    if (result.complete) ctx.emit(draft, ctx.statement_begin);
    return result;
}

}  // namespace parser::grammar
