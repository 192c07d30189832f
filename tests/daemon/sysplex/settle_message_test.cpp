#include "daemon/sysplex/settle_message.hpp"

#include <gtest/gtest.h>

namespace tcpplexd {
namespace {

TEST(settle_message, survives_the_way_to_another_stack) {
    for (bool const all_told : {false, true}) {
        settle_message const sent{*stack::address::parse("10.1.9.9"), all_told};
        auto const back = settle_from_json(to_json(sent));
        ASSERT_TRUE(back.has_value()) << back.error();
        EXPECT_EQ(*back, sent);
    }
}

TEST(settle_message, a_bad_or_missing_member_is_named) {
    for (auto const* text : {R"({"allTold":true})", R"({"dvipa":"10.1.9","allTold":true})"}) {
        auto const back = settle_from_json(text);
        ASSERT_FALSE(back.has_value());
        EXPECT_FALSE(back.error().empty());
    }
    EXPECT_FALSE(settle_from_json(R"({"dvipa":"10.1.9.9","allTold":1})").has_value());
    EXPECT_FALSE(settle_from_json("[]").has_value());
}

}  // namespace
}  // namespace tcpplexd
