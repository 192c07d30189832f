#include "daemon/sysplex/report_message.hpp"

#include <gtest/gtest.h>

namespace tcpplexd {
namespace {

stack::target_report sample() {
    return {350,
            {{{*stack::address::parse("10.1.9.9"), 80}, 0, 1, 2, 3},
             {{*stack::address::parse("2001:db8:9::1"), 443}, 99, 100, 100, 0}}};
}

TEST(report_message, survives_the_way_to_another_stack) {
    auto const back = report_from_json(to_json(sample()));
    ASSERT_TRUE(back.has_value()) << back.error();
    EXPECT_EQ(*back, sample());
}

TEST(report_message, more_than_100_per_cent_and_a_missing_capacity_are_refused_by_name) {
    for (std::string const name : {"room", "established", "accepted"}) {
        auto text = to_json(sample());
        text.insert(text.find("\"" + name + "\":") + name.size() + 3, "101");
        auto const read = report_from_json(text);
        ASSERT_FALSE(read.has_value()) << text;
        EXPECT_NE(read.error().find(name), std::string::npos) << read.error();
    }
    auto const capacity = report_from_json(R"({"services":[]})");
    ASSERT_FALSE(capacity.has_value());
    EXPECT_NE(capacity.error().find("capacity"), std::string::npos) << capacity.error();
}

TEST(report_message, a_capacity_of_nothing_is_the_least) {
    auto const read = report_from_json(R"({"capacity":0,"services":[]})");
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->capacity, 1U);
}

TEST(report_message, is_bounded) {
    auto report = sample();
    report.services.resize(most_reported_services + 5, report.services.front());
    auto const back = report_from_json(to_json(report));
    ASSERT_TRUE(back.has_value()) << back.error();
    EXPECT_EQ(back->services.size(), most_reported_services);
}

}  // namespace
}  // namespace tcpplexd
