// Profiles, good and bad, with the diagnostics they must give: tests/profiles/*.profile and
// *.expected.
//
// TCPPLEX_WRITE_EXPECTED=1 writes the .expected files anew; review the difference before committing
// it.
#include "corpus.hpp"

#include "parser/format/format.hpp"
#include "profile_text.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

namespace parser {
namespace {

std::string text_of(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class corpus_file : public testing::TestWithParam<std::string> {};

TEST_P(corpus_file, gives_the_expected_diagnostics) {
    std::string const text = to_text(corpus::check(GetParam()));
    auto const expected = corpus::folder / (GetParam() + ".expected");
    if (std::getenv("TCPPLEX_WRITE_EXPECTED") != nullptr) std::ofstream(expected) << text;
    EXPECT_EQ(text, text_of(expected));
}

TEST_P(corpus_file, gives_each_diagnostic_once) {
    std::set<std::tuple<std::string, std::uint32_t, std::uint32_t, std::string>> seen;
    for (auto const& problem : corpus::check(GetParam()))
        EXPECT_TRUE(
            seen.emplace(problem.where.file, problem.where.line, problem.where.column, problem.text)
                .second)
            << to_text(problem);
}

TEST_P(corpus_file, is_rejected_unless_its_name_says_that_it_is_good) {
    EXPECT_EQ(has_errors(corpus::check(GetParam())), !corpus::is_good(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(profiles, corpus_file, testing::ValuesIn(corpus::names()),
                         [](auto const& file) { return file.param; });

class good_corpus_file : public testing::TestWithParam<std::string> {};

TEST_P(good_corpus_file, printed_and_read_again_is_the_same) {
    auto const parsed = corpus::read(GetParam());
    auto const made = corpus::carry_out(GetParam(), parsed.profile).next;
    std::string const printed = to_profile(made);
    auto const again = parse_text(printed);
    EXPECT_TRUE(again.ok()) << to_text(again.diagnostics);
    auto const made_again = apply({}, again.profile, phase::initial);
    EXPECT_TRUE(made_again.ok()) << to_text(made_again.diagnostics);
    EXPECT_EQ(made_again.next, made) << printed;
    EXPECT_EQ(to_profile(made_again.next), printed);
}

TEST_P(good_corpus_file, formatted_and_read_again_is_the_same) {
    auto const parsed = corpus::read(GetParam());
    std::string const laid_out = format::format(parsed);
    auto const again = corpus::read(GetParam(), laid_out);
    EXPECT_TRUE(again.ok()) << to_text(again.diagnostics);
    EXPECT_EQ(corpus::carry_out(GetParam(), again.profile).next,
              corpus::carry_out(GetParam(), parsed.profile).next)
        << laid_out;
    EXPECT_EQ(format::format(again), laid_out);
}

std::vector<std::string> good_names() {
    auto names = corpus::names();
    std::erase_if(names, [](auto const& name) { return !corpus::is_good(name); });
    return names;
}

INSTANTIATE_TEST_SUITE_P(profiles, good_corpus_file, testing::ValuesIn(good_names()),
                         [](auto const& file) { return file.param; });

class change_of_corpus : public testing::TestWithParam<std::string> {};

TEST_P(change_of_corpus, changes_what_a_good_profile_has_started) {
    auto const running = corpus::read("running/" + GetParam());
    EXPECT_TRUE(running.ok()) << to_text(running.diagnostics);
    auto const started = apply({}, running.profile, phase::initial);
    EXPECT_TRUE(started.ok()) << to_text(started.diagnostics);
    auto const changed = corpus::carry_out(GetParam(), corpus::read(GetParam()).profile);
    EXPECT_TRUE(!changed.ok() || changed.next != started.next);
}

INSTANTIATE_TEST_SUITE_P(profiles, change_of_corpus,
                         testing::ValuesIn(corpus::names_in(corpus::folder / "running")),
                         [](auto const& file) { return file.param; });

}  // namespace
}  // namespace parser
