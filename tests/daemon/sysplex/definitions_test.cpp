#include "daemon/sysplex/definitions.hpp"

#include <gtest/gtest.h>

#include <random>

namespace tcpplexd {
namespace {

member_definitions sample() {
    member_definitions result;
    result.dynamic_xcf = *stack::address::parse("10.1.10.1");
    result.dynamic_xcf6 = *stack::address::parse("2001:db8:10::1");
    result.homes = {*stack::address::parse("10.1.1.2"), *stack::address::parse("2001:db8:1::2")};
    result.vipa_routes = {
        {*stack::address::parse("10.1.10.2"), *stack::address::parse("10.1.2.2")}};
    dvipa_definition define;
    define.host = *stack::address::parse("10.1.9.9");
    define.prefix_length = 28;
    using stack::distribution_method;
    define.distributions.push_back(
        {7, 8080, distribution_method::server_wlm, true, true, 9999, true, {}, 16});
    define.distributions.push_back({0,
                                    0,
                                    distribution_method::hot_standby,
                                    false,
                                    false,
                                    0,
                                    false,
                                    {{*stack::address::parse("10.1.10.2"), 99, true, 254}}});
    dvipa_definition backup;
    backup.host = *stack::address::parse("10.1.9.10");
    backup.origin = dvipa_definition::kind::backup;
    backup.rank = 100;
    backup.activates = true;
    backup.immediate = false;
    dvipa_definition made;
    made.host = *stack::address::parse("10.1.9.130");
    made.origin = dvipa_definition::kind::range;
    made.since = 1'800'000'000'000;
    made.deactivated = true;
    result.dvipas = {define, backup, made};
    result.explicit_bind = explicit_bind_range{1'800'000'000'001, 30000, 30127};
    return result;
}

TEST(definitions, survive_the_way_to_another_stack) {
    auto const back = definitions_from_json(to_json(sample()));
    ASSERT_TRUE(back.has_value()) << back.error();
    EXPECT_EQ(*back, sample());
}

TEST(definitions, a_bad_member_is_named) {
    auto text = to_json(sample());
    text.replace(text.find("\"rank\":100"), 10, "\"rank\":999");
    auto const back = definitions_from_json(text);
    ASSERT_FALSE(back.has_value());
    EXPECT_NE(back.error().find("rank"), std::string::npos) << back.error();
}

TEST(definitions, a_missing_member_is_named) {
    auto const back = definitions_from_json(R"({"dynamicXcf":"10.1.10.1","dynamicXcf6":"::"})");
    ASSERT_FALSE(back.has_value());
    EXPECT_NE(back.error().find("joined"), std::string::npos) << back.error();
}

TEST(definitions, a_port_out_of_range_is_refused) {
    auto text = to_json(sample());
    text.replace(text.find("8080"), 4, "80800");
    EXPECT_FALSE(definitions_from_json(text).has_value());
}

TEST(definitions, a_method_a_weight_and_a_range_of_ports_that_are_none_are_refused) {
    for (auto const& [good, bad] :
         {std::pair{"\"method\":4", "\"method\":5"}, std::pair{"\"weight\":99", "\"weight\":100"},
          std::pair{"\"affinity\":9999", "\"affinity\":10000"},
          std::pair{"\"firstPort\":7", "\"firstPort\":8081"},
          std::pair{"\"firstPort\":7", "\"firstPort\":0"}}) {
        auto text = to_json(sample());
        ASSERT_NE(text.find(good), std::string::npos) << good;
        text.replace(text.find(good), std::string_view(good).size(), bad);
        EXPECT_FALSE(definitions_from_json(text).has_value()) << bad;
    }
}

TEST(definitions, an_explicit_bind_range_that_is_none_is_refused) {
    for (auto const& [good, bad] :
         {std::pair{"\"first\":30000", "\"first\":30128"},
          std::pair{"\"first\":30000", "\"first\":1023"},
          std::pair{"\"last\":30127", "\"last\":65536"},
          std::pair{"\"since\":1800000000001", "\"since\":9223372036854775807"}}) {
        auto text = to_json(sample());
        ASSERT_NE(text.find(good), std::string::npos) << good;
        text.replace(text.find(good), std::string_view(good).size(), bad);
        EXPECT_FALSE(definitions_from_json(text).has_value()) << bad;
    }
    auto none = sample();
    none.explicit_bind.reset();
    auto const back = definitions_from_json(to_json(none));
    ASSERT_TRUE(back.has_value()) << back.error();
    EXPECT_EQ(*back, none);
}

TEST(definitions, damaged_text_is_refused_or_read_but_never_more) {
    auto const seed = std::random_device{}();
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    auto const whole = to_json(sample());
    for (int round = 0; round < 5000; ++round) {
        auto text = whole;
        text[random() % text.size()] = static_cast<char>(random());
        text.resize(random() % (text.size() + 1));
        auto const back = definitions_from_json(text);
        EXPECT_LE(back ? back->dvipas.size() : 0, 1024U);
    }
}

}  // namespace
}  // namespace tcpplexd
