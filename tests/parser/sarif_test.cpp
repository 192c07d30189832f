// SARIF logs have the members that SARIF 2.1.0 requires, and say where, why and how it came there.
#include "parser/sarif.hpp"

#include "profile_text.hpp"

#include <boost/json/value_to.hpp>

namespace parser {
namespace {

namespace json = boost::json;

json::value log_of(std::vector<diagnostic> const& problems) {
    return to_sarif(problems, "1.2.3");
}

json::value log_of(std::string const& text) {
    return log_of(parse_text(text).diagnostics);
}

json::value const& run_of(json::value const& log) {
    return log.at("runs").at(0);
}

json::value const& region_of(json::value const& result) {
    return result.at("locations").at(0).at("physicalLocation").at("region");
}

TEST(sarif, names_its_version_and_tool) {
    auto const log = log_of("");
    EXPECT_EQ(log.at("version").as_string(), "2.1.0");
    EXPECT_TRUE(log.at("$schema").as_string().ends_with("sarif-2.1.0.json"));
    auto const& driver = run_of(log).at("tool").at("driver");
    EXPECT_EQ(driver.at("name").as_string(), "tcpplex");
    EXPECT_EQ(driver.at("version").as_string(), "1.2.3");
    EXPECT_EQ(run_of(log).at("columnKind").as_string(), "unicodeCodePoints");
    EXPECT_TRUE(run_of(log).at("results").as_array().empty());
}

TEST(sarif, has_one_rule_for_each_message_id) {
    diagnostic known;
    known.message_id = "EZZ8307I";
    known.text = "it is in use";
    known.where.file = "a";
    diagnostic own = known;
    own.message_id.clear();
    own.level = severity::note;
    auto const log = log_of({known, own, known});
    auto const& rules = run_of(log).at("tool").at("driver").at("rules");
    ASSERT_EQ(rules.as_array().size(), 2U);
    EXPECT_EQ(rules.at(0).at("id").as_string(), "EZZ8307I");
    EXPECT_EQ(rules.at(1).at("id").as_string(), "tcpplex.note");
    auto const& results = run_of(log).at("results");
    ASSERT_EQ(results.as_array().size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        auto const& result = results.at(i);
        auto const number = json::value_to<std::size_t>(result.at("ruleIndex"));
        EXPECT_EQ(number, i % 2);
        EXPECT_EQ(result.at("ruleId"), rules.at(number).at("id"));
        EXPECT_EQ(result.at("level").as_string(), i % 2 == 1 ? "note" : "error");
        EXPECT_EQ(result.at("message").at("text").as_string(), "it is in use");
    }
}

TEST(sarif, marks_a_region_in_code_points) {
    auto const log = log_of("; first\nSOMAXCONN \xC3\xA4\xC3\xB6z 5");
    auto const& region = region_of(run_of(log).at("results").at(0));
    EXPECT_EQ(json::value_to<int>(region.at("startLine")), 2);
    EXPECT_EQ(json::value_to<int>(region.at("startColumn")), 11);
    EXPECT_EQ(json::value_to<int>(region.at("endColumn")), 14);
    EXPECT_EQ(region.at("snippet").at("text").as_string(), "SOMAXCONN \xC3\xA4\xC3\xB6z 5");
}

TEST(sarif, of_a_place_far_in_a_long_line_counts_from_its_beginning) {
    auto const log = log_of(std::string(100000, ' ') + "NONSENSE");
    auto const& region = region_of(run_of(log).at("results").at(0));
    EXPECT_EQ(json::value_to<int>(region.at("startColumn")), 100001);
    EXPECT_EQ(json::value_to<int>(region.at("endColumn")), 100009);
}

TEST(sarif, has_the_chain_of_includes_as_related_locations) {
    auto const parsed = parse("main", memory_reader({{"main", "\nINCLUDE outer"},
                                                     {"outer", "INCLUDE inner"},
                                                     {"inner", "NONSENSE"}}));
    auto const log = log_of(parsed.diagnostics);
    auto const& related = run_of(log).at("results").at(0).at("relatedLocations");
    ASSERT_EQ(related.as_array().size(), 2U);
    auto const place = [&](std::size_t i) { return related.at(i).at("physicalLocation"); };
    EXPECT_EQ(place(0).at("artifactLocation").at("uri").as_string(), "outer");
    EXPECT_EQ(place(1).at("artifactLocation").at("uri").as_string(), "main");
    EXPECT_EQ(json::value_to<int>(place(1).at("region").at("startLine")), 2);
    EXPECT_EQ(related.at(1).at("message").at("text").as_string(), "included from here");
    EXPECT_NE(related.at(0).at("id"), related.at(1).at("id"));
}

TEST(sarif, of_a_file_as_a_whole_has_no_region) {
    auto const log = log_of(parse("dir/no where", memory_reader({})).diagnostics);
    auto const& place =
        run_of(log).at("results").at(0).at("locations").at(0).at("physicalLocation");
    EXPECT_EQ(place.at("artifactLocation").at("uri").as_string(), "dir/no%20where");
    EXPECT_FALSE(place.as_object().contains("region"));
}

}  // namespace
}  // namespace parser
