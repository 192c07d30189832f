// Profiles, good and bad, with the diagnostics they must give: tests/profiles/*.profile and
// *.expected.
//
// TCPPLEX_WRITE_EXPECTED=1 writes the .expected files anew; review the difference before committing
// it.
#include "parser/configuration.hpp"
#include "parser/parse.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace parser {
namespace {

namespace fs = std::filesystem;

fs::path const corpus = fs::path(TCPPLEX_SOURCE_DIR) / "tests/profiles";

std::string read(fs::path const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Names as in the repository, so that the expected text does not depend on where it is.
source_reader corpus_reader() {
    return [](std::string const& name) { return file_reader()((corpus / name).string()); };
}

std::vector<diagnostic> check(std::string const& name) {
    auto parsed = parse(name, corpus_reader());
    auto const applied = apply({}, parsed.profile, phase::initial);
    auto all = std::move(parsed.diagnostics);
    all.insert(all.end(), applied.diagnostics.begin(), applied.diagnostics.end());
    return all;
}

class corpus_file : public testing::TestWithParam<std::string> {};

TEST_P(corpus_file, gives_the_expected_diagnostics) {
    std::string const text = to_text(check(GetParam() + ".profile"));
    fs::path const expected = corpus / (GetParam() + ".expected");
    if (std::getenv("TCPPLEX_WRITE_EXPECTED") != nullptr) std::ofstream(expected) << text;
    EXPECT_EQ(text, read(expected));
}

TEST_P(corpus_file, gives_each_diagnostic_once) {
    std::set<std::tuple<std::string, std::uint32_t, std::uint32_t, std::string>> seen;
    for (auto const& problem : check(GetParam() + ".profile"))
        EXPECT_TRUE(
            seen.emplace(problem.where.file, problem.where.line, problem.where.column, problem.text)
                .second)
            << to_text(problem);
}

TEST_P(corpus_file, is_rejected_unless_its_name_says_that_it_is_good) {
    bool const good = GetParam().starts_with("good_");
    EXPECT_EQ(has_errors(check(GetParam() + ".profile")), !good);
}

std::vector<std::string> names() {
    std::vector<std::string> result;
    for (auto const& file : fs::directory_iterator(corpus))
        if (file.path().extension() == ".profile") result.push_back(file.path().stem());
    std::sort(result.begin(), result.end());
    return result;
}

INSTANTIATE_TEST_SUITE_P(profiles, corpus_file, testing::ValuesIn(names()),
                         [](auto const& file) { return file.param; });

}  // namespace
}  // namespace parser
