#include "daemon/sysplex/recall_message.hpp"

#include <gtest/gtest.h>

namespace tcpplexd {
namespace {

TEST(recall_messages, survive_the_way_to_another_stack) {
    for (recall_message const& each :
         {recall_message(recall_request{4294967295, *stack::address::parse("10.1.9.9"), 65535}),
          recall_message(recall_request{1, *stack::address::parse("2001:db8::1"), 0}),
          recall_message(recall_answer{7, true}), recall_message(recall_answer{7, false})}) {
        auto const back = recall_from_json(to_json(each));
        ASSERT_TRUE(back.has_value()) << back.error();
        EXPECT_EQ(*back, each);
    }
}

TEST(recall_messages, that_are_none_are_refused_with_the_member_that_is_wrong) {
    auto const problem = [](char const* text) {
        auto const read = recall_from_json(text);
        return read ? std::string() : read.error();
    };
    EXPECT_NE(problem("{\"number\":-1,\"gave\":true}").find("number"), std::string::npos);
    EXPECT_NE(problem("{\"number\":1,\"gave\":1}").find("gave"), std::string::npos);
    EXPECT_NE(problem("{\"number\":1,\"dvipa\":\"10.1.9\",\"port\":1}").find("address"),
              std::string::npos);
    EXPECT_NE(problem("{\"number\":1,\"dvipa\":\"10.1.9.9\",\"port\":65536}").find("port"),
              std::string::npos);
    EXPECT_NE(problem("{\"dvipa\":\"10.1.9.9\",\"port\":1}").find("number"), std::string::npos);
    EXPECT_FALSE(problem("[]").empty());
    EXPECT_FALSE(problem("{").empty());
}

}  // namespace
}  // namespace tcpplexd
