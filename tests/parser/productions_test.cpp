// The profiles of tests/profiles use all of the language: every statement of the table, every rule
// of every grammar, and every text that says what was expected.
#include "productions.hpp"

#include "corpus.hpp"
#include "parser/source/lexical.hpp"
#include "parser/statement/table.hpp"

#include <gtest/gtest.h>

namespace parser::grammar {
namespace {

std::vector<statement_grammar> all_grammars() {
    std::vector<statement_grammar> all;
    for (auto const& group : {grammars_of_interfaces(), grammars_of_settings(), grammars_of_ports(),
                              grammars_of_vipas()})
        all.insert(all.end(), group.begin(), group.end());
    return all;
}

statement_grammar const* grammar_of(std::string_view keyword) {
    static auto const all = all_grammars();
    for (auto const& grammar : all)
        if (grammar.keyword == keyword) return &grammar;
    return nullptr;
}

/// The statements of a table, and those in its blocks.
std::vector<statement_entry> with_inner(std::span<statement_entry const> table) {
    std::vector<statement_entry> all;
    for (auto const& entry : table) {
        all.push_back(entry);
        auto const inside = with_inner(entry.inside);
        all.insert(all.end(), inside.begin(), inside.end());
    }
    return all;
}

std::vector<statement_entry> const every_statement = with_inner(all_statements());

/// By keyword: what matched after it.
using matches = std::map<std::string_view, rules>;

void match_statements(parse_result const& parsed, matches& into) {
    std::string_view const text = parsed.profile.source->text();
    char const* const end = text.data() + text.size();
    for (auto const& place : parsed.outline) {
        std::string_view const word(text.data() + place.where.begin, place.where.length);
        auto const* entry = find_statement(every_statement, word);
        if (entry == nullptr) continue;
        auto& matched = into[entry->keyword];
        if (auto const* grammar = grammar_of(entry->keyword))
            grammar->match(skip_blanks(word.data() + word.size(), end), end, matched);
    }
}

/// What matches in all profiles, or in the good ones.
matches const& matched(bool good_only) {
    static auto const look = [](bool only_good) {
        matches found;
        for (auto const& name : corpus::names())
            if (!only_good || corpus::is_good(name)) match_statements(corpus::read(name), found);
        return found;
    };
    static matches const good = look(true);
    static matches const all = look(false);
    return good_only ? good : all;
}

TEST(the_corpus, has_every_statement_in_a_good_profile_unless_it_is_refused) {
    for (auto const& entry : every_statement)
        EXPECT_EQ(matched(entry.reason.empty()).count(entry.keyword), 1U) << entry.keyword;
}

TEST(the_corpus, has_every_rule_in_a_good_profile_unless_it_is_refused) {
    for (auto const& [keyword, found] : matched(true)) {
        rules all;
        if (auto const* grammar = grammar_of(keyword)) grammar->list_accepted(all);
        for (auto const& [rule, name] : all)
            EXPECT_EQ(found.count(rule), 1U) << keyword << " without " << name;
    }
}

TEST(the_corpus, has_every_rule_that_is_refused) {
    for (auto const& [keyword, found] : matched(false)) {
        rules all;
        if (auto const* grammar = grammar_of(keyword)) grammar->list(all);
        for (auto const& [rule, name] : all)
            EXPECT_EQ(found.count(rule), 1U) << keyword << " without " << name;
    }
}

/// Blocks that take nothing before their statements have none.
TEST(the_corpus, is_looked_at_with_the_grammar_of_every_statement) {
    for (auto const& entry : every_statement)
        EXPECT_NE(entry.parse != nullptr && entry.inside.empty(),
                  grammar_of(entry.keyword) == nullptr)
            << entry.keyword;
}

TEST(the_corpus, shows_everything_that_can_be_expected) {
    std::set<std::string> shown;
    for (auto const& name : corpus::names())
        for (auto const& problem : corpus::check(name))
            shown.insert(problem.expected.begin(), problem.expected.end());
    for (auto const& grammar : all_grammars()) {
        std::set<std::string> all;
        grammar.describe(all);
        for (auto const& what : all)
            EXPECT_EQ(shown.count(what), 1U) << grammar.keyword << ": " << what;
    }
}

}  // namespace
}  // namespace parser::grammar
