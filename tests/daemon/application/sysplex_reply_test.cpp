// A change of the sysplex is answered as an OBEYFILE is, a utility with its return code.
#include "daemon/application/sysplex_reply.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

namespace tcpplexd {
namespace {

using app::sysplex_action;
using testing::ElementsAre;

TEST(sysplex_reply, a_command_is_echoed_and_ends_with_its_completion) {
    app::sysplex_request const asked{sysplex_action::leave_group, {}, "V TCPIP,,SYS,LEAVE"};
    auto const good = sysplex_reply(asked, {.messages = {"EZZ9676E one"}});
    auto const& obeyed = std::get<app::obeyed>(good);
    EXPECT_THAT(obeyed.messages,
                ElementsAre("EZZ0060I PROCESSING COMMAND: V TCPIP,,SYS,LEAVE", "EZZ9676E one",
                            "EZZ0053I COMMAND VARY SYSPLEX COMPLETED SUCCESSFULLY"));
    EXPECT_EQ(obeyed.return_code, std::nullopt);

    auto const bad = sysplex_reply(asked, {.refused = "it has left already"});
    auto const& failed = std::get<app::failed>(bad);
    EXPECT_THAT(failed.messages, ElementsAre("EZZ0060I PROCESSING COMMAND: V TCPIP,,SYS,LEAVE"));
    EXPECT_EQ(failed.why.code, EINVAL);
    EXPECT_EQ(failed.why.message, "it has left already");
}

TEST(sysplex_reply, a_utility_has_its_return_code_either_way) {
    app::sysplex_request const asked{sysplex_action::create_vipa, "10.1.8.5", {}};
    auto const active = sysplex_reply(asked, {.return_code = app::vipa_active_already});
    EXPECT_EQ(std::get<app::obeyed>(active).return_code, 4);
    EXPECT_TRUE(std::get<app::obeyed>(active).messages.empty());
    auto const refused =
        sysplex_reply(asked, {.refused = "no VIPARANGE", .return_code = app::vipa_not_done});
    EXPECT_EQ(std::get<app::failed>(refused).return_code, 8);
}

}  // namespace
}  // namespace tcpplexd
