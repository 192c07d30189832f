// The lexical rules: words, comments, symbols, INCLUDEs, places in files.
#include "profile_text.hpp"

#include <boost/json/serialize.hpp>

#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace parser {
namespace {

std::uint32_t backlog_of(std::string const& text, symbol_table const& symbols = {}) {
    auto const result = parse_text(text, symbols);
    EXPECT_EQ(to_text(result.diagnostics), "") << text;
    if (result.profile.statements.size() != 1) return 0;
    return result.profile.statements[0].body.as<somaxconn_statement>()->connections;
}

TEST(words, are_separated_by_blanks_comments_and_ends_of_lines) {
    EXPECT_EQ(backlog_of("SOMAXCONN 5"), 5U);
    EXPECT_EQ(backlog_of("somaxconn\n\n\t5;comment SOMAXCONN 6\n"), 5U);
    EXPECT_EQ(backlog_of("; nothing\r\nSOMAXCONN ; the\r\n5\r\n"), 5U);
    EXPECT_EQ(backlog_of(std::string(300, ' ') + "SOMAXCONN" + std::string(3000, ' ') + "5"), 5U);
}

TEST(words, fold_names_and_keep_their_place) {
    auto const result = parse_text("\n  START osa1");
    ASSERT_EQ(result.profile.statements.size(), 1U);
    auto const& start = *result.profile.statements[0].body.as<start_statement>();
    EXPECT_EQ(start.interface.value, "OSA1");
    auto const where = result.profile.source->locate(start.interface.where);
    EXPECT_EQ(where.line, 2U);
    EXPECT_EQ(where.column, 9U);
    EXPECT_EQ(where.length, 4U);
    EXPECT_EQ(where.text, "  START osa1");
}

TEST(addresses, may_have_leading_zeros_that_mean_nothing) {
    EXPECT_EQ(parse_ip_address("199.005.058.023"), parse_ip_address("199.5.58.23"));
    EXPECT_FALSE(parse_ip_address("199.5.58"));
    EXPECT_FALSE(parse_ip_address("199.5.58.256"));
    EXPECT_FALSE(parse_ip_address("199.5.58.23x"));
    EXPECT_EQ(parse_ip_address("2001:DB8::1")->to_string(), "2001:db8::1");
}

TEST(symbols, are_replaced_with_or_without_their_period) {
    symbol_table const symbols{{"N", "5"}, {"EMPTY", ""}};
    EXPECT_EQ(backlog_of("SOMAXCONN &N", symbols), 5U);
    EXPECT_EQ(backlog_of("SOMAXCONN &n.&N.", symbols), 55U);
    EXPECT_EQ(backlog_of("SOMAXCONN &EMPTY.7", symbols), 7U);
    EXPECT_EQ(backlog_of("SOMAXCONN 8 ; &UNKNOWN", symbols), 8U);
}

TEST(symbols, that_are_not_defined_are_errors_at_their_place) {
    auto const result = parse_text("SOMAXCONN 5\nSTART &IF.");
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.diagnostics[0].where.line, 2U);
    EXPECT_EQ(result.diagnostics[0].where.column, 7U);
}

TEST(symbols, of_which_a_part_is_taken_count_from_either_end) {
    symbol_table const symbols{{"N", "1234"}};
    EXPECT_EQ(backlog_of("SOMAXCONN &N(1:2)", symbols), 12U);
    EXPECT_EQ(backlog_of("SOMAXCONN &N(-2:2).", symbols), 34U);
    EXPECT_EQ(backlog_of("SOMAXCONN 5&N(-4:4)6", symbols), 512346U);
}

TEST(an_include, is_found_wherever_it_stands) {
    for (std::size_t blanks = 0; blanks < 15; ++blanks) {
        auto const read = memory_reader(
            {{"main", std::string(blanks, ' ') + "iNCLUDE a\n;"}, {"a", "SOMAXCONN 5"}});
        EXPECT_EQ(parse("main", read).profile.statements.size(), 1U) << blanks;
    }
}

TEST(a_quoted_string, is_one_word_without_an_include) {
    auto const result =
        parse_text("VIPADYNAMIC VIPASMPARMS SMPASS \"a;b INCLUDE c\" ENDVIPADYNAMIC");
    EXPECT_TRUE(result.ok()) << to_text(result.diagnostics);
    EXPECT_EQ(result.profile.source->files.size(), 1U);
    auto const next =
        parse("main", memory_reader({{"main", "HOSTNAME \"a\nINCLUDE b"}, {"b", ""}}));
    EXPECT_EQ(next.profile.source->files.size(), 2U) << "a string ends with its line";
}

TEST(a_quoted_string, has_symbols) {
    auto const result = parse_text("SOMAXCONN \"&N;&N\"", {{"N", "1"}});
    EXPECT_EQ(result.profile.source->text(), "SOMAXCONN \"1;1\"\n");
}

TEST(symbols, of_which_a_part_outside_their_text_is_taken_are_errors) {
    for (auto const* part : {"(0:1)", "(5:1)", "(3:3)", "(-5:1)", "(-1:2)", "(1:0)", "(1:-1)"}) {
        auto const result = parse_text(std::string("SOMAXCONN &N") + part, {{"N", "1234"}});
        ASSERT_FALSE(result.diagnostics.empty()) << part;
        EXPECT_EQ(result.diagnostics[0].text,
                  "the text of system symbol &N has 4 characters and no such part")
            << part;
        EXPECT_EQ(result.diagnostics[0].where.column, 11U);
    }
}

TEST(symbols, leave_other_parentheses_alone) {
    auto const result =
        parse("main", memory_reader({{"main", "INCLUDE &N(MEM).x(-1:3"}, {"L(MEM).x(-1:3", ""}}),
              {{"N", "L"}});
    EXPECT_EQ(to_text(result.diagnostics), "");
}

TEST(symbols, that_are_not_defined_in_the_name_on_an_include_are_errors_at_their_place) {
    auto const result = parse_text("INCLUDE part&N.", {});
    ASSERT_EQ(result.diagnostics.size(), 1U);
    EXPECT_EQ(result.diagnostics[0].text, "system symbol &N is not defined");
    EXPECT_EQ(result.diagnostics[0].where.column, 13U);
}

TEST(includes, stand_for_the_text_of_the_file_beside_theirs) {
    auto const result =
        parse("dir/main",
              memory_reader({{"dir/main", "SOMAXCONN\ninclude part&N."}, {"dir/part1", "5\n"}}),
              {{"N", "1"}});
    EXPECT_EQ(to_text(result.diagnostics), "");
    EXPECT_EQ(result.profile.statements.size(), 1U);
}

TEST(includes, nested_too_deep_are_refused) {
    std::map<std::string, std::string> files{{"test", "INCLUDE f0"}};
    for (int i = 0; i < 20; ++i)
        files["f" + std::to_string(i)] = "INCLUDE f" + std::to_string(i + 1);
    auto const result = parse("test", memory_reader(files));
    ASSERT_EQ(result.diagnostics.size(), 1U);
    EXPECT_NE(result.diagnostics[0].text.find("nested deeper"), std::string::npos);
    EXPECT_EQ(result.diagnostics[0].where.included_from.size(), 15U);
}

TEST(includes, that_multiply_without_end_are_cut_off) {
    std::map<std::string, std::string> files;
    for (int i = 0; i < 15; ++i) {
        std::string const next = "INCLUDE f" + std::to_string(i + 1) + '\n';
        files["f" + std::to_string(i)] = next + next + next;
    }
    files["f15"] = "";
    auto const result = parse("f0", memory_reader(files));
    EXPECT_NE(to_text(result.diagnostics).find("more than 4096 INCLUDEs"), std::string::npos);
}

TEST(a_profile, that_can_not_be_read_is_one_error_without_a_line) {
    auto const result = parse("nowhere", memory_reader({}));
    EXPECT_EQ(to_text(result.diagnostics),
              "nowhere: error: can't read nowhere: No such file or directory\n"
              "       = check the name and its permissions\n");
}

/// A file of a size that there is no memory for.
class huge_file {
  public:
    huge_file() {
        std::ofstream(path_).close();
        std::filesystem::resize_file(path_, std::uintmax_t{1} << 40);
    }
    ~huge_file() { std::filesystem::remove(path_); }
    huge_file(huge_file const&) = delete;
    huge_file& operator=(huge_file const&) = delete;
    std::string name() const { return path_.string(); }

  private:
    std::filesystem::path path_ =
        std::filesystem::temp_directory_path() / ("tcpplex-huge-" + std::to_string(::getpid()));
};

TEST(a_profile, that_no_memory_would_hold_is_one_error) {
    huge_file const huge;
    EXPECT_EQ(to_text(parse(huge.name(), file_reader()).diagnostics),
              huge.name() + ": error: can't read " + huge.name() +
                  ": File too large\n       = check the name and its permissions\n");
}

TEST(a_profile, that_never_ends_is_one_error) {
    EXPECT_EQ(to_text(parse("/dev/zero", file_reader()).diagnostics),
              "/dev/zero: error: can't read /dev/zero: File too large\n"
              "       = check the name and its permissions\n");
}

TEST(errors, stop_at_a_limit) {
    std::string text;
    for (int i = 0; i < 5000; ++i)
        text += "PORT x\n";
    auto const result = parse_text(text);
    EXPECT_EQ(result.diagnostics.size(), 1001U);
    EXPECT_NE(result.diagnostics.back().text.find("too many errors"), std::string::npos);
}

TEST(errors, show_control_characters_and_bytes_that_are_no_text_as_question_marks) {
    std::string const text = to_text(parse_text("\x1b[31mX \xff\xfe").diagnostics);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(text.find('\xff'), std::string::npos);
    EXPECT_NE(text.find("?[31mX ??"), std::string::npos);
}

TEST(errors, show_the_part_of_a_long_line_that_matters) {
    auto const result = parse_text(std::string(100000, ' ') + "NONSENSE " + std::string(9000, ' '));
    ASSERT_EQ(result.diagnostics.size(), 1U);
    EXPECT_EQ(result.diagnostics[0].where.column, 100001U);
    EXPECT_LT(result.diagnostics[0].where.text.size(), 300U);
    EXPECT_NE(to_text(result.diagnostics[0]).find("NONSENSE"), std::string::npos);
}

TEST(errors, have_all_their_parts_in_json) {
    auto const json = to_json(parse_text("SOMAXCONN x").diagnostics);
    ASSERT_EQ(json.size(), 1U);
    auto const& problem = json[0].as_object();
    EXPECT_EQ(problem.at("severity").as_string(), "error");
    EXPECT_EQ(problem.at("file").as_string(), "test");
    EXPECT_EQ(problem.at("line"), boost::json::value(1U));
    EXPECT_EQ(problem.at("column"), boost::json::value(11U));
    EXPECT_EQ(problem.at("expected").as_array().size(), 1U);
}

}  // namespace
}  // namespace parser
