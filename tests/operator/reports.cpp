// Each document of tests/operator/documents renders to the screens of tests/operator/golden.
//
// After a wanted change of a layout, TCPPLEX_WRITE_GOLDEN=1 writes the screens anew; read the
// difference.
#include "operator/report/render.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

using testing::HasSubstr;
using testing::Not;

std::string const tests = TCPPLEX_TESTS;

std::string contents(std::string const& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

boost::json::object document(std::string const& name) {
    return boost::json::parse(contents(tests + "/documents/" + name + ".json")).as_object();
}

std::string shown(boost::json::object const& from, operators::rendering const& how) {
    auto const text = operators::render(from, how);
    return text.has_value() ? *text : text.error().message;
}

void check(std::string const& name, std::string const& form, operators::rendering const& how) {
    std::string const golden = tests + "/golden/" + name + "." + form + ".txt";
    std::string const text = shown(document(name), how);
    if (std::getenv("TCPPLEX_WRITE_GOLDEN") != nullptr) std::ofstream(golden) << text;
    EXPECT_EQ(text, contents(golden)) << golden;
}

struct golden_screen : testing::TestWithParam<std::string> {};

TEST_P(golden_screen, looks_as_recorded) {
    check(GetParam(), "unix", {});
    check(GetParam(), "console", {false, operators::front_end::console, {}});
}

std::vector<std::string> document_names() {
    std::vector<std::string> names;
    for (auto const& entry : std::filesystem::directory_iterator(tests + "/documents"))
        names.push_back(entry.path().stem());
    std::ranges::sort(names);
    return names;
}

std::string case_name(testing::TestParamInfo<std::string> const& info) {
    std::string name = info.param;
    std::ranges::replace(name, '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(documents, golden_screen, testing::ValuesIn(document_names()), case_name);

TEST(a_report, in_json_is_the_document_itself) {
    auto const original = document("conn");
    std::string const text = shown(original, {true, operators::front_end::unix_shell, {}});
    EXPECT_EQ(boost::json::parse(text), boost::json::value(original));
    EXPECT_THAT(text,
                HasSubstr("{\n  \"schema\": \"tcpplex/conn/1\",\n  \"stack\": \"TCPIP1\",\n"));
    EXPECT_EQ(text.back(), '\n');
}

TEST(a_report, with_ipv6_cannot_be_short) {
    auto const text =
        operators::render(document("conn-ipv6"),
                          {false, operators::front_end::console, operators::layout::short_lines});
    ASSERT_TRUE(text.has_error());
    EXPECT_EQ(text.error().code, EINVAL);
    EXPECT_THAT(text.error().message, HasSubstr("EZZ2383I"));
}

TEST(a_report, can_be_long_without_ipv6) {
    EXPECT_THAT(shown(document("conn"),
                      {false, operators::front_end::console, operators::layout::long_lines}),
                HasSubstr("EZD0101I NETSTAT CS V2R5 TCPIP1\nUSER ID  CONN     STATE\n"));
}

TEST(a_report, of_counters_says_what_they_mean_if_it_is_long) {
    auto const long_lines = shown(document("stats"), {false, operators::front_end::unix_shell,
                                                      operators::layout::long_lines});
    EXPECT_THAT(long_lines, HasSubstr("= 12\n    connections opened from here\n"));
    EXPECT_THAT(shown(document("stats"), {}), Not(HasSubstr("connections opened from here")));
}

TEST(a_report, without_a_match_has_three_lines_in_a_shell) {
    std::string const text = shown(document("conn-empty"), {});
    EXPECT_EQ(std::ranges::count(text, '\n'), 3);
}

TEST(a_report, of_a_faulty_document_names_the_member) {
    auto faulty = document("conn");
    faulty["connections"].as_array()[1].as_object()["local"].as_object()["port"] = "x";
    EXPECT_EQ(
        shown(faulty, {}),
        "tcpplex/conn/1 document: connections[1].local.port is not a whole number from 0 to 65535");
    faulty.erase("connections");
    EXPECT_EQ(shown(faulty, {}), "tcpplex/conn/1 document: connections is missing");
    faulty["schema"] = "tcpplex/conn/2";
    EXPECT_THAT(shown(faulty, {}),
                HasSubstr("\"tcpplex/conn/2\", which this tcpplex does not know"));
}

TEST(a_report, ignores_members_it_does_not_know) {
    auto newer = document("conn");
    newer["connections"].as_array()[0].as_object()["shard"] = 1;
    EXPECT_EQ(shown(newer, {}), shown(document("conn"), {}));
}

}  // namespace
