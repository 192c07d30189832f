// The rules of the statements' grammars, and which of them match in a text. The grammars are
// compiled for this a second time, in groups.
#pragma once

#include "parser/grammar/run.hpp"

#include <tao/pegtl/demangle.hpp>
#include <tao/pegtl/memory_input.hpp>
#include <tao/pegtl/normal.hpp>
#include <tao/pegtl/nothing.hpp>
#include <tao/pegtl/parse.hpp>
#include <tao/pegtl/visit.hpp>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace parser::grammar {

/// One of each rule.
template <typename Rule>
constexpr char identity = 0;

/// Rules by identity, with their names.
using rules = std::map<char const*, std::string_view>;

/// Takes down which rules match.
template <typename Rule>
struct match_control : pegtl::normal<Rule> {
    template <typename Input>
    static void success(Input const&, rules& matched) {
        matched.emplace(&identity<Rule>, pegtl::demangle<Rule>());
    }
};

template <typename Rule>
void match(char const* at, char const* end, rules& matched) {
    pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf, char const*> in(at, end, "");
    try {
        pegtl::parse<Rule, pegtl::nothing, match_control>(in, matched);
    } catch (pegtl::parse_error const&) {
        // What came before the error did match.
    }
}

/// Whether what matches the rule is refused.
template <typename Rule>
struct refuses {
    template <typename... Parts>
    static constexpr bool all(pegtl::type_list<Parts...>) {
        return sizeof...(Parts) != 0 && (refuses<Parts>::value && ...);
    }
    static constexpr bool value = all(typename Rule::subs_t());
};
template <typename First, typename... Rest>
struct refuses<unsupported<First, Rest...>> : std::true_type {};
template <typename First>
struct refuses<unsupported_rest<First>> : std::true_type {};
template <fixed_text Why, typename First, typename... Rest>
struct refuses<refused<Why, First, Rest...>> : std::true_type {};
template <fixed_text Why, typename First>
struct refuses<refused_rest<Why, First>> : std::true_type {};

template <typename Rule, bool WithRefused>
void list(rules& all);

template <bool WithRefused, typename... Parts>
void list_parts(pegtl::type_list<Parts...>, rules& all) {
    (list<Parts, WithRefused>(all), ...);
}

/// All that there is to match, with what is refused or without.
template <typename Rule, bool WithRefused>
void list(rules& all) {
    if constexpr (WithRefused || !refuses<Rule>::value) {
        if (!pegtl::normal<Rule>::enable)
            list_parts<WithRefused>(typename Rule::subs_t(), all);
        else if (all.emplace(&identity<Rule>, pegtl::demangle<Rule>()).second)
            list_parts<WithRefused>(typename Rule::subs_t(), all);
    }
}

template <typename Rule>
struct describes {
    static void visit(std::set<std::string>& into) {
        if constexpr (describes_itself<Rule>)
            if (Rule::is_supported) into.insert(Rule::describe());
    }
};

/// What follows a statement's name.
struct statement_grammar {
    std::string_view keyword;  ///< as in the table
    void (*match)(char const* at, char const* end, rules& matched);
    void (*list)(rules& all);
    void (*list_accepted)(rules& all);             ///< all but what is refused
    void (*describe)(std::set<std::string>& all);  ///< all that can be expected
};

template <typename Rule>
statement_grammar is(std::string_view keyword) {
    return {keyword, match<Rule>, list<Rule, true>, list<Rule, false>,
            pegtl::visit<Rule, describes, std::set<std::string>&>};
}

std::vector<statement_grammar> grammars_of_interfaces();
std::vector<statement_grammar> grammars_of_settings();
std::vector<statement_grammar> grammars_of_ports();
std::vector<statement_grammar> grammars_of_vipas();

}  // namespace parser::grammar
