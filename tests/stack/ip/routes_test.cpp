// Routes of both families: the longest prefix, several ways, and what an MTU may be.
#include "stack/ip/routes.hpp"

#include "packet_builder.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace stack::ip {
namespace {

using namespace stack::testing;
using kind = interface_settings::kind;

/// Two devices of each family: 0 and 1 IPv4, 2 and 3 IPv6.
settings sample() {
    settings s;
    s.interfaces = {{"A4", kind::device, addr("192.0.2.1"), 24, 1500, true, {}},
                    {"B4", kind::device, addr("198.51.100.1"), 24, 1500, true, {}},
                    {"A6", kind::device, addr("2001:db8::1"), 64, 1500, true, {}},
                    {"B6", kind::device, addr("2001:db8:1::1"), 64, 600, true, {}}};
    return s;
}

std::optional<route> found(settings const& s, char const* destination, char const* source = "::") {
    routes all({1, 2});
    all.configure(s);
    return all.find(addr(source), addr(destination));
}

TEST(routes, each_family_has_its_own) {
    auto s = sample();
    s.routes = {{{addr("0.0.0.0"), 0}, {}, 0, 0}};
    EXPECT_TRUE(found(s, "10.1.1.1"));
    EXPECT_FALSE(found(s, "2001:db8:5::1"));
    s.routes = {{{addr("::"), 0}, {}, 2, 0}};
    EXPECT_FALSE(found(s, "10.1.1.1"));
    EXPECT_EQ(found(s, "2001:db8:5::1")->interface, 2U);
}

TEST(routes, the_longest_prefix_is_what_a_scan_of_all_would_find) {
    std::mt19937 random(4711);
    auto const number = [&](unsigned limit) { return static_cast<unsigned>(random() % limit); };
    auto const any = [&](bool v4) {
        // Few different bits, so that prefixes nest.
        address::bytes_type bytes{};
        for (auto& b : bytes)
            b = static_cast<std::uint8_t>(number(3));
        if (!v4) bytes[0] = 0x20;
        return v4 ? address::v4(number(4) << 24 | number(4) << 16 | number(4) << 8 | number(4))
                  : address(bytes);
    };
    auto s = sample();
    for (int i = 0; i < 500; ++i) {
        bool const v4 = number(2) == 0;
        auto const length = static_cast<std::uint8_t>(number(v4 ? 33 : 129));
        s.routes.push_back({{any(v4), length}, {}, (v4 ? 0U : 2U) + number(2), 0});
    }
    routes all({1, 2});
    all.configure(s);
    for (int i = 0; i < 5000; ++i) {
        auto const destination = any(i % 2 == 0);
        route_settings const* best = nullptr;
        for (auto const& r : s.routes)
            if (r.destination.contains(destination) &&
                (best == nullptr || r.destination.length > best->destination.length))
                best = &r;
        auto const got = all.find({}, destination);
        ASSERT_EQ(got.has_value(), best != nullptr);
        if (best != nullptr) {
            ASSERT_EQ(got->interface, best->interface);
        }
    }
}

TEST(routes, of_equal_ones_the_first_has_it_all_without_multipath) {
    auto s = sample();
    s.routes = {{{addr("::"), 0}, addr("2001:db8:1::9"), 3, 0},
                {{addr("::"), 0}, addr("2001:db8::9"), 2, 0}};
    for (char const* to : {"2001:db8:5::1", "2001:db8:5::2", "2001:db8:5::3", "2001:db8:5::4"})
        EXPECT_EQ(found(s, to)->interface, 3U);
    s.interfaces[3].active = false;
    EXPECT_EQ(found(s, "2001:db8:5::1")->interface, 2U);
}

TEST(routes, multipath_spreads_flows_and_keeps_each_on_its_way) {
    for (bool v4 : {true, false}) {
        auto s = sample();
        s.ip.multipath = v4;
        s.ip6.multipath = !v4;
        std::size_t const first = v4 ? 0 : 2;
        prefix const everything{addr(v4 ? "0.0.0.0" : "::"), 0};
        s.routes = {{everything, {}, first, 0}, {everything, {}, first + 1, 0}};
        routes all({1, 2});
        all.configure(s);
        std::map<std::size_t, int> flows;
        for (int i = 0; i < 1000; ++i) {
            auto const text = (v4 ? "10.1.2." : "2001:db8:5::") + std::to_string(i % 250);
            auto const from = addr((v4 ? "192.0.2." : "2001:db8::") + std::to_string(i / 250));
            auto const way = all.find(from, addr(text));
            ASSERT_TRUE(way);
            EXPECT_EQ(all.find(from, addr(text))->interface, way->interface);
            ++flows[way->interface];
        }
        EXPECT_GT(flows[first], 400);
        EXPECT_GT(flows[first + 1], 400);
    }
}

TEST(routes, no_mtu_is_below_what_the_family_needs) {
    auto s = sample();
    s.routes = {{{addr("::"), 0}, {}, 3, 0}, {{addr("2001:db8:7::"), 48}, {}, 2, 1400}};
    EXPECT_EQ(found(s, "2001:db8:5::1")->mtu, 1280);
    EXPECT_EQ(found(s, "2001:db8:7::1")->mtu, 1400);
}

}  // namespace
}  // namespace stack::ip
