// Users and groups behind the names of the host settings.
#include "daemon/host/resources.hpp"

#include <gtest/gtest.h>

namespace tcpplexd {
namespace {

TEST(resources, are_looked_up_by_name_and_number) {
    auto const found = look_up(
        {{"WEB", {{std::string("root"), uid_t{7}}, {std::string("root")}}}, {"NOBODY", {}}});
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->at("WEB").users, (std::vector<uid_t>{0, 7}));
    EXPECT_EQ(found->at("WEB").groups, (std::vector<gid_t>{0}));
    EXPECT_TRUE(found->at("NOBODY").users.empty());
}

TEST(resources, of_unknown_users_and_groups_are_failures_that_name_them) {
    auto const user = look_up({{"WEB", {{std::string("no-such-user")}, {}}}});
    ASSERT_FALSE(user);
    EXPECT_EQ(user.error().message,
              "resource WEB: 'no-such-user' of the host settings: no such user; create the user "
              "or write its number");
    auto const group = look_up({{"WEB", {{}, {std::string("no-such-group")}}}});
    ASSERT_FALSE(group);
    EXPECT_NE(group.error().message.find("'@no-such-group' of the host settings: no such group"),
              std::string::npos);
}

TEST(account, is_a_name_or_a_number_that_a_user_can_have) {
    EXPECT_EQ(to_account("web"), account(std::string("web")));
    EXPECT_EQ(to_account("1000"), account(uid_t{1000}));
    EXPECT_EQ(to_account("7up"), account(std::string("7up")));
    EXPECT_EQ(to_account("4294967295"), std::nullopt);
    EXPECT_EQ(to_account("99999999999999999999"), std::nullopt);
}

}  // namespace
}  // namespace tcpplexd
