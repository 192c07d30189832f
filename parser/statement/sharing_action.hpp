// Fills the `sharing` of a statement from its SYSPLEXPORTS keyword.
#pragma once

#include "parser/grammar/run.hpp"
#include "parser/statement/sharing.hpp"

namespace parser::grammar::sharing {

template <typename Rule>
struct action : common_action<Rule> {};

template <>
struct action<kw<"SYSPLEXPorts">> {
    template <typename Input, typename Draft>
    static void apply(Input const& in, Draft& draft, context& ctx) {
        draft.sharing = sharing_keyword{port_sharing(), ctx.span_of(in.string_view())};
    }
};

template <>
struct action<kw<"NOSYSPLEXPorts">> {
    template <typename Input, typename Draft>
    static void apply(Input const& in, Draft& draft, context& ctx) {
        draft.sharing = sharing_keyword{std::nullopt, ctx.span_of(in.string_view())};
    }
};

template <sharing_form Form>
struct has_form {
    template <typename Draft>
    static void apply0(Draft& draft, context&) {
        draft.sharing->value->form = Form;
    }
};
template <>
struct action<kw<"BITMAP">> : has_form<sharing_form::bitmap> {};
template <>
struct action<kw<"LIST">> : has_form<sharing_form::list> {};
template <>
struct action<kw<"HASHTABLE">> : has_form<sharing_form::hashtable> {};

template <>
struct action<grain> {
    template <typename Input, typename Draft>
    static void apply(Input const& in, Draft& draft, context&) {
        draft.sharing->value->grain = static_cast<std::uint16_t>(*to_number(in.string_view()));
    }
};

}  // namespace parser::grammar::sharing
