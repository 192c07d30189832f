// Runs the grammar of one statement over the text: the only way from the driver into PEGTL.
#pragma once

#include "parser/grammar/context.hpp"
#include "parser/grammar/outcome.hpp"
#include "parser/grammar/value.hpp"
#include "parser/source/printable.hpp"
#include "parser/suggestion.hpp"

#include <tao/pegtl/memory_input.hpp>
#include <tao/pegtl/normal.hpp>
#include <tao/pegtl/nothing.hpp>
#include <tao/pegtl/parse.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace parser::grammar {

/// A required part of a statement is not where it should be.
struct syntax_error {
    char const* at;
};

template <typename Rule>
concept describes_itself = requires {
    Rule::describe();
    Rule::is_keyword;
};

template <describes_itself Rule>
inline constexpr expectation expectation_of{&Rule::describe, Rule::is_keyword, Rule::is_supported};

/// Keeps what was expected where, and reports a missing part by its place alone: positions become
/// lines when needed.
template <typename Rule>
struct control : pegtl::normal<Rule> {
    template <typename Input, typename Draft>
    static void failure(Input const& in, Draft&, context& ctx) {
        if constexpr (describes_itself<Rule>) ctx.expected_at(in.current(), expectation_of<Rule>);
    }
    template <typename Input, typename Draft>
    [[noreturn]] static void raise(Input const& in, Draft&, context&) {
        throw syntax_error{in.current()};
    }
};

/// What the actions of every statement have in common.
template <typename Rule>
struct common_action : pegtl::nothing<Rule> {};

/// The name that a rule matched, and its place.
inline spanned_name name_at(std::string_view text, context const& ctx) {
    return {*to_name(text, 16, true), ctx.span_of(text)};
}

/// The address that a rule matched, and its place.
inline spanned_address address_at(std::string_view text, context const& ctx) {
    return {*parse_ip_address(text), ctx.span_of(text)};
}

/// Says that the part of the language that `text` begins with is not built; why, if it will not be.
inline void refuse(std::string_view text, context& ctx, std::string_view why = {}) {
    std::string_view const found = first_word(text);
    std::string what = full_word(shown(found)) + " is not supported";
    ctx.error(ctx.span_of(found), why.empty() ? what + " yet" : what.append(": ").append(why),
              "remove it");
}

template <typename First, typename... Rest>
struct common_action<unsupported<First, Rest...>> {
    template <typename Input, typename Draft>
    static void apply(Input const& in, Draft&, context& ctx) {
        refuse(in.string_view(), ctx);
    }
};

template <typename First>
struct common_action<unsupported_rest<First>> {
    template <typename Input, typename Draft>
    static void apply(Input const& in, Draft&, context& ctx) {
        refuse(in.string_view(), ctx);
        ctx.abandon();
    }
};

template <fixed_text Why, typename First, typename... Rest>
struct common_action<refused<Why, First, Rest...>> {
    template <typename Input, typename Draft>
    static void apply(Input const& in, Draft&, context& ctx) {
        refuse(in.string_view(), ctx, Why.view());
    }
};

template <fixed_text Why, typename First>
struct common_action<refused_rest<Why, First>> {
    template <typename Input, typename Draft>
    static void apply(Input const& in, Draft&, context& ctx) {
        refuse(in.string_view(), ctx, Why.view());
        ctx.abandon();
    }
};

template <fixed_text Why, typename First, typename... Rest>
struct common_action<noted<Why, First, Rest...>> {
    template <typename Input, typename Draft>
    static void apply(Input const& in, Draft&, context& ctx) {
        std::string_view const found = first_word(in.string_view());
        std::string text = full_word(shown(found)) + " changes nothing: ";
        ctx.note(ctx.span_of(found), text.append(Why.view()));
    }
};

/// Parses `Rule` from `at`, filling `draft`. Throws nothing.
template <typename Rule, template <typename...> class Action, typename Draft>
outcome run(char const* at, Draft& draft, context& ctx) {
    using input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, char const*>;
    input in(at, ctx.end(), "");
    try {
        pegtl::parse<pegtl::must<Rule>, Action, control>(in, draft, ctx);
        return {in.current(), true};
    } catch (syntax_error const& error) {
        // An alternative that was tried before may have come further: it is what the writer meant.
        return {std::max(error.at, ctx.furthest()), false};
    }
}

}  // namespace parser::grammar
