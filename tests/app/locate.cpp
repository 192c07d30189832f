// Finding a stack's control socket by name, by path, or because it is the only one.
#include "app/locate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

namespace {

using testing::HasSubstr;

struct locating : testing::Test {
    void SetUp() override {
        std::string pattern = std::filesystem::temp_directory_path() / "tcpplex-locate-XXXXXX";
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        directory = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(directory); }
    void put(std::string const& name) const { std::ofstream(directory + "/" + name) << ""; }
    std::string refusal(std::string const& named) const {
        auto const found = app::locate_stack(named, directory);
        return found.has_value() ? *found : found.error().message;
    }
    std::string directory;
};

TEST_F(locating, a_path_is_taken_as_it_is) {
    EXPECT_EQ(refusal("./a.sock"), "./a.sock");
}

TEST_F(locating, a_name_is_folded_to_upper_case) {
    put("TCPIP1.sock");
    EXPECT_EQ(refusal("tcpip1"), directory + "/TCPIP1.sock");
}

TEST_F(locating, the_only_stack_needs_no_name) {
    put("TCPIP1.sock");
    put("PLEX1.cf");
    EXPECT_EQ(refusal(""), directory + "/TCPIP1.sock");
}

TEST_F(locating, several_stacks_are_listed) {
    put("TCPIP2.sock");
    put("TCPIP1.sock");
    EXPECT_THAT(refusal(""), HasSubstr("TCPIP1, TCPIP2"));
    EXPECT_THAT(refusal("TCPIP3"), HasSubstr("TCPIP1, TCPIP2"));
}

TEST_F(locating, no_stack_is_said_with_a_remedy) {
    EXPECT_THAT(refusal(""), HasSubstr("tcpplexd PROFILE"));
}

}  // namespace
