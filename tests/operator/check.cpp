// tcpplex check: exit statuses, standard input, and the three forms of its messages.
#include "profile_command.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

namespace {

using testing::HasSubstr;

struct check : tests::profile_command {};

TEST_F(check, ends_with_0_without_errors_and_with_1_with_any) {
    EXPECT_EQ(run({"check", put("good.profile", "; nothing\n")}), 0) << io->errors();
    EXPECT_EQ(run({"check", put("note.profile", "IPCONFIG ARPTO 1200\n")}), 0);
    EXPECT_THAT(io->errors(), HasSubstr("note.profile:1:10: note"));
    EXPECT_EQ(run({"check", put("bad.profile", "NONSENSE\n"), put("good.profile", "")}), 1);
    EXPECT_THAT(io->errors(), HasSubstr("bad.profile:1:1: error"));
}

TEST_F(check, ends_with_0_with_a_warning) {
    auto const file = put("warned.profile", "IPCONFIG TCPSTACKSOURCEVIPA 10.1.9.9\n");
    EXPECT_EQ(run({"check", file}), 0);
    EXPECT_THAT(io->errors(), HasSubstr("warned.profile:1:1: warning"));
}

TEST_F(check, ends_with_2_if_it_can_not_do_what_was_asked) {
    EXPECT_EQ(run({"check", directory + "/absent", put("bad.profile", "NONSENSE\n")}), 2);
    EXPECT_THAT(io->errors(), HasSubstr("absent: error: can't read"));
    EXPECT_THAT(io->errors(), HasSubstr("bad.profile:1:1: error"));
    EXPECT_EQ(run({"check", "--running", put("bad.profile", "X\n"), put("o", "")}), 2);
    EXPECT_EQ(run({"check"}), 2);
    EXPECT_EQ(run({"check", "--name", "x", put("good.profile", "")}), 2);
    EXPECT_EQ(run({"check", "--json", "--sarif", put("good.profile", "")}), 2);
    EXPECT_EQ(run({"check", "--symbol", "NAME", put("good.profile", "")}), 2);
}

TEST_F(check, of_a_file_whose_include_is_missing_ends_with_1) {
    EXPECT_EQ(run({"check", put("main.profile", "INCLUDE absent\n")}), 1);
}

TEST_F(check, takes_standard_input_under_a_name_and_its_includes_beside_it) {
    put("part", "SOMAXCONN x\n");
    EXPECT_EQ(run({"check", "--stdin"}, "SOMAXCONN y\n"), 1);
    EXPECT_THAT(io->errors(), HasSubstr("<stdin>:1:11: error"));
    EXPECT_EQ(run({"check", "--stdin", "--name", directory + "/main"}, "INCLUDE part\n"), 1);
    EXPECT_THAT(io->errors(), HasSubstr("/part:1:11: error"));
    EXPECT_THAT(io->errors(), HasSubstr("= included from " + directory + "/main:1\n"));
}

TEST_F(check, replaces_the_symbols_it_is_given) {
    auto const file = put("main.profile", "SOMAXCONN &N.&M.\n");
    EXPECT_EQ(run({"check", "--symbol", "n=5", "--symbol", "M=0", file}), 0) << io->errors();
    EXPECT_EQ(run({"check", file}), 1);
}

TEST_F(check, gives_the_same_findings_as_text_json_and_sarif) {
    auto const file = put("bad.profile", "STRAT OSA1\n");
    EXPECT_EQ(run({"check", "--json", file}), 1);
    EXPECT_EQ(io->errors(), "");
    auto const json = boost::json::parse(io->output());
    EXPECT_EQ(json.at("schema").as_string(), "tcpplex/check/1");
    EXPECT_EQ(json.at("diagnostics").at(0).at("text").as_string(), "unknown statement STRAT");
    EXPECT_EQ(run({"check", "--sarif", file}), 1);
    EXPECT_EQ(io->errors(), "");
    auto const sarif = boost::json::parse(io->output());
    auto const& result = sarif.at("runs").at(0).at("results").at(0);
    EXPECT_EQ(result.at("message").at("text").as_string(),
              "unknown statement STRAT\ndid you mean START?");
}

}  // namespace
