// Who is at the other end, and what he may use.
#include "daemon/application/caller.hpp"

#include "app/descriptor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include <sys/socket.h>
#include <unistd.h>

namespace tcpplexd {
namespace {

TEST(caller, is_known_with_all_his_groups) {
    std::array<int, 2> ends{};
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
    app::descriptor const ours(ends[0]);
    app::descriptor const theirs(ends[1]);
    auto const who = caller_of(ours.get());
    ASSERT_TRUE(who);
    EXPECT_EQ(who->user, geteuid());
    EXPECT_EQ(who->group, getegid());
    std::vector<gid_t> groups(static_cast<std::size_t>(getgroups(0, nullptr)));
    ASSERT_EQ(getgroups(static_cast<int>(groups.size()), groups.data()),
              static_cast<int>(groups.size()));
    EXPECT_TRUE(std::ranges::is_permutation(who->groups, groups));
}

TEST(caller, may_use_a_resource_as_a_user_or_by_a_group) {
    caller const who{1, 1000, 100, {200, 300}};
    EXPECT_TRUE(who.may_use({{7, 1000}, {}}));
    EXPECT_TRUE(who.may_use({{}, {100}}));
    EXPECT_TRUE(who.may_use({{}, {5, 300}}));
    EXPECT_FALSE(who.may_use({{100}, {1000}}));
    EXPECT_FALSE(who.may_use({}));
    EXPECT_FALSE((caller{1, 0, 0, {}}.may_use({{1000}, {100}}))) << "root";
}

}  // namespace
}  // namespace tcpplexd
