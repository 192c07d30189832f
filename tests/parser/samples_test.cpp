// The sample profiles parse and apply without a word.
#include "parser/configuration.hpp"
#include "parser/difference.hpp"
#include "parser/parse.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace parser {
namespace {

std::string const samples = std::string(TCPPLEX_SOURCE_DIR) + "/profiles/";

parse_result read_sample(std::string const& name) {
    auto result = parse(samples + name, file_reader(), {{"SYSNAME", "SYS1"}});
    EXPECT_EQ(to_text(result.diagnostics), "") << name;
    return result;
}

apply_result start_with(std::string const& name) {
    auto result = apply({}, read_sample(name).profile, phase::initial);
    EXPECT_EQ(to_text(result.diagnostics), "") << name;
    return result;
}

TEST(samples, every_sample_profile_starts_a_stack_without_a_diagnostic) {
    for (auto const& file : std::filesystem::directory_iterator(samples))
        if (file.path().extension() == ".profile") start_with(file.path().filename());
}

TEST(samples, the_obeyfiles_switch_sharing_off_and_on) {
    ip_address const dvipa = *parse_ip_address("10.1.9.9");
    auto const started = start_with("sys1.profile");
    ASSERT_TRUE(started.next.sharing(dvipa));

    auto const off = apply(started.next, read_sample("sharing-off.obey").profile, phase::obeyfile);
    EXPECT_EQ(to_text(off.diagnostics), "");
    EXPECT_FALSE(off.next.sharing(dvipa));
    auto const effects = differences(started.next, off.next).effects;
    ASSERT_EQ(effects.size(), 1U);
    EXPECT_EQ(effects[0].kind, effect_kind::sharing_off);

    auto const on = apply(off.next, read_sample("sharing-on.obey").profile, phase::obeyfile);
    EXPECT_EQ(to_text(on.diagnostics), "");
    EXPECT_TRUE(on.next.sharing(dvipa));
    EXPECT_EQ(on.next, started.next);
}

}  // namespace
}  // namespace parser
