// The sample host settings are good, and say what their comments say.
#include "daemon/host/settings_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

namespace tcpplexd {
namespace {

std::filesystem::path const profiles = TCPPLEX_PROFILES;

TEST(samples, every_sample_is_accepted) {
    int samples = 0;
    for (auto const& entry : std::filesystem::directory_iterator(profiles)) {
        if (entry.path().extension() != ".yaml") continue;
        ++samples;
        auto const settings = read_settings(entry.path().string(), "tcpip1.profile");
        EXPECT_TRUE(settings) << to_string(settings.error().front(), entry.path().string());
    }
    EXPECT_GE(samples, 4);
}

TEST(samples, the_three_systems_share_a_facility_and_no_name) {
    std::set<std::string> stacks, controls, facilities, directories;
    for (auto const* name : {"sys1.yaml", "sys2.yaml", "sys3.yaml"}) {
        auto const settings = read_settings((profiles / name).string(), "tcpip1.profile");
        ASSERT_TRUE(settings);
        stacks.insert(settings->stack);
        controls.insert(settings->control);
        facilities.insert(settings->coupling_facility.path);
        directories.insert(settings->xcf.directory);
    }
    EXPECT_EQ(stacks.size(), 3U);
    EXPECT_EQ(controls.size(), 3U);
    EXPECT_EQ(facilities.size(), 1U);
    EXPECT_EQ(directories.size(), 1U);
}

}  // namespace
}  // namespace tcpplexd
