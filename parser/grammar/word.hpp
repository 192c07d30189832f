// The leaves of every statement's grammar: keywords with their minimum abbreviation, and words that
// a predicate accepts.
#pragma once

#include "parser/source/lexical.hpp"

#include <tao/pegtl/contrib/analyze_traits.hpp>
#include <tao/pegtl/rules.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace parser::grammar {

namespace pegtl = tao::pegtl;

/// Text as a template argument.
template <std::size_t Size>
struct fixed_text {
    char text[Size]{};
    constexpr fixed_text(char const (&from)[Size]) {
        for (std::size_t i = 0; i < Size; ++i)
            text[i] = from[i];
    }
    constexpr std::string_view view() const { return {text, Size - 1}; }
};

/// Matches the word at the current place if `Accept::accepts(std::string_view)`; never part of one.
template <typename Accept>
struct word {
    using rule_t = word;
    using subs_t = pegtl::empty_list;
    static constexpr bool is_keyword = false;
    static constexpr bool is_supported = true;

    template <typename Input>
    static bool match(Input& in) {
        // Most keywords that are tried at a word differ from it in their first letter.
        if constexpr (requires { Accept::begins('A'); })
            if (in.empty() || !Accept::begins(*in.current())) return false;
        std::string_view const text = word_at(in.current(), in.end());
        if (text.empty() || !Accept::accepts(text)) return false;
        in.bump(text.size());
        return true;
    }
};

/// The same for a word that only the next one tells from something else:
/// `Accept::accepts(std::string_view, std::string_view next)`. The next one is not matched.
template <typename Accept>
struct word_before {
    using rule_t = word_before;
    using subs_t = pegtl::empty_list;
    static constexpr bool is_keyword = false;
    static constexpr bool is_supported = true;

    template <typename Input>
    static bool match(Input& in) {
        std::string_view const text = word_at(in.current(), in.end());
        char const* const next = skip_blanks(in.current() + text.size(), in.end());
        if (!Accept::accepts(text, word_at(next, in.end()))) return false;
        in.bump(text.size());
        return true;
    }
};

/// A keyword. The upper-case letters it begins with are the shortest abbreviation, as in the
/// manual's syntax diagrams.
template <fixed_text Spelling>
struct kw : word<kw<Spelling>> {
    static constexpr bool is_keyword = true;
    static constexpr std::size_t minimum = minimum_of(Spelling.view());
    static_assert(minimum > 0, "a keyword begins with its minimum abbreviation in upper case");

    static bool begins(char first) { return upper(first) == Spelling.text[0]; }
    static bool accepts(std::string_view text) {
        return abbreviates(text, Spelling.view(), minimum);
    }
    static std::string describe() { return std::string(Spelling.view()); }
};

/// Blanks, ends of lines and comments; or nothing.
struct blanks {
    using rule_t = blanks;
    using subs_t = pegtl::empty_list;

    template <typename Input>
    static bool match(Input& in) {
        in.bump(static_cast<std::size_t>(skip_blanks(in.current(), in.end()) - in.current()));
        return true;
    }
};

/// One thing, and the blanks after it: every rule leaves the input at the beginning of a word.
template <typename Rule>
using then = pegtl::seq<Rule, blanks>;

/// `First` decides that it is this phrase; everything after it is required.
template <typename First, typename... Rest>
struct phrase : pegtl::seq<then<First>, pegtl::must<Rest, blanks>...> {};

/// Any of these, as often as they come.
template <typename... Options>
struct any_order : pegtl::star<pegtl::sor<Options...>> {};

/// A word that is not offered when something else stands in its place.
template <typename First>
struct not_offered : First {
    static constexpr bool is_supported = false;
};

/// A part of the language that is known and not built yet: parsed, and refused by name.
template <typename First, typename... Rest>
struct unsupported : pegtl::seq<then<not_offered<First>>, pegtl::must<Rest, blanks>...> {};

/// The same for a part so large that the rest of the statement is skipped.
template <typename First>
struct unsupported_rest : then<not_offered<First>> {};

/// A part of the language that will not be built: parsed, and refused with the reason.
template <fixed_text Why, typename First, typename... Rest>
struct refused : pegtl::seq<then<not_offered<First>>, pegtl::must<Rest, blanks>...> {};

/// The same; the rest of the statement is skipped.
template <fixed_text Why, typename First>
struct refused_rest : then<not_offered<First>> {};

/// A part of the language that changes nothing here: parsed, and a note says why.
template <fixed_text Why, typename First, typename... Rest>
struct noted : phrase<First, Rest...> {};

}  // namespace parser::grammar

namespace tao::pegtl {

template <typename Name, typename Accept>
struct analyze_traits<Name, parser::grammar::word<Accept>> : analyze_any_traits<> {};
template <typename Name, typename Accept>
struct analyze_traits<Name, parser::grammar::word_before<Accept>> : analyze_any_traits<> {};
template <typename Name>
struct analyze_traits<Name, parser::grammar::blanks> : analyze_opt_traits<> {};

}  // namespace tao::pegtl
