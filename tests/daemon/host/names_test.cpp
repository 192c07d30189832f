// Names of stacks, devices and symbols.
#include "daemon/host/names.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace tcpplexd {
namespace {

TEST(names, a_member_name_has_at_most_eight_characters_and_no_digit_first) {
    for (auto good : {"A", "TCPIP1", "@SYS#$12"})
        EXPECT_TRUE(is_member_name(good)) << good;
    for (auto bad : {"", "1A", "TCPIP1234", "tcpip", "A-B", "A_B", "A B"})
        EXPECT_FALSE(is_member_name(bad)) << bad;
}

TEST(names, a_device_name_is_one_the_kernel_takes_and_no_pattern) {
    for (auto good : {"osa1", "tun0", "a23456789012345", "x@y"})
        EXPECT_TRUE(is_device_name(good)) << good;
    for (auto bad :
         {"", ".", "..", "a/b", "a:b", "tun%d", "a b", "all", "default", "a234567890123456"})
        EXPECT_FALSE(is_device_name(bad)) << bad;
}

TEST(names, a_symbol_name_has_no_ampersand_and_no_period) {
    EXPECT_TRUE(is_symbol_name("DEFAULTROUTEADDR_"));
    for (auto bad : {"", "&A", "A.", "1A", "_A", "A23456789012345678"})
        EXPECT_FALSE(is_symbol_name(bad)) << bad;
}

TEST(names, the_system_name_is_what_of_the_host_name_can_be_one) {
    EXPECT_EQ(system_name_of_host("sys1.example.com"), "SYS1");
    EXPECT_EQ(system_name_of_host("ip-10-0-0-17"), "IP100017");
    EXPECT_EQ(system_name_of_host("3f2a77c01b9e"), "S3F2A77C");
    EXPECT_EQ(system_name_of_host("(none)"), "NONE");
    EXPECT_EQ(system_name_of_host(""), "");
}

}  // namespace
}  // namespace tcpplexd
