// DEVICE, LINK, HOME and BSDROUTINGPARMS: links with addresses are interfaces.
#include "parser/difference.hpp"
#include "profile_text.hpp"

namespace parser {
namespace {

std::string const links =
    "DEVICE D1 MPCIPA LINK L1 IPAQENET D1 DEVICE D2 MPCIPA LINK L2 IPAQENET D2\n"
    "DEVICE DV VIRTUAL 0 LINK V1 VIRTUAL 0 DV LINK V2 VIRTUAL 1 DV\n";
std::string const home = "HOME 10.1.1.1 L1\n";

TEST(a_link, with_a_home_address_is_an_interface) {
    auto const config = started(links + home + "START D1");
    ASSERT_EQ(config.interfaces.size(), 1U);
    auto const& interface = config.interfaces[0];
    EXPECT_EQ(interface.name, "L1");
    EXPECT_EQ(interface.kind, interface_kind::ipaqenet);
    EXPECT_EQ(interface.address, address("10.1.1.1"));
    EXPECT_TRUE(interface.started);
    EXPECT_EQ(started(links + home + "BEGINROUTES ROUTE DEFAULT 10.1.1.9 L1 MTU 576 ENDROUTES")
                  .routes.size(),
              1U);
}

TEST(a_link, has_the_subnet_of_its_class_unless_bsdroutingparms_says_another) {
    auto const config = started(links +
                                "HOME 10.1.1.1 L1 172.16.1.1 L2 192.168.1.1 V1\n"
                                "BSDROUTINGPARMS TRUE L1 1400 0 255.255.255.0 0\n"
                                "ENDBSDROUTINGPARMS");
    EXPECT_EQ(config.find_interface("L1")->prefix_length, 24);
    EXPECT_EQ(config.find_interface("L1")->mtu, 1400);
    EXPECT_EQ(config.find_interface("L2")->prefix_length, 16);
    EXPECT_EQ(config.find_interface("V1")->prefix_length, 32) << "it is virtual";
    auto const before_home = started(links +
                                     "BSDROUTINGPARMS TRUE L1 576 0 255.255.0.0 0\n"
                                     "ENDBSDROUTINGPARMS " +
                                     home);
    EXPECT_EQ(before_home.find_interface("L1")->prefix_length, 16);
    EXPECT_EQ(before_home.find_interface("L1")->mtu, 576);
}

TEST(a_link, takes_its_source_from_the_virtual_one_before_it_in_home) {
    auto const config = started(links + "HOME 10.1.1.1 L1 10.2.0.1 V1 10.2.0.2 V2 10.3.1.1 L2");
    EXPECT_FALSE(config.find_interface("L1")->source_vipa_interface);
    EXPECT_EQ(config.find_interface("L2")->source_vipa_interface, "V2");
    EXPECT_TRUE(config.find_interface("V1")->started) << "it needs no START";
}

TEST(a_device, is_started_and_stopped_with_all_its_links) {
    auto const before = started(links + home);
    auto const result = try_apply(before, "START D1");
    EXPECT_EQ(to_text(differences(before, result.next)), "+ START D1\n  interface L1 starts\n");
    EXPECT_FALSE(applied(result.next, "STOP D1").interfaces[0].started);
    EXPECT_EQ(refusal(before, "START L1"), "L1 is a link\n");
    auto const early = try_apply(started(links), "START D1");
    EXPECT_EQ(early.diagnostics.size(), 1U) << "it has no home address";
    EXPECT_TRUE(applied(early.next, home).interfaces[0].started);
}

TEST(home, of_an_obeyfile_replaces_the_list_and_further_ones_add) {
    auto const before = started(links + home);
    auto const after = applied(before, "HOME 10.2.0.1 V1 10.1.1.1 L1 10.3.1.1 L2");
    EXPECT_EQ(after.interfaces.size(), 3U);
    EXPECT_EQ(applied(after, "HOME 10.2.0.1 V1 HOME 10.1.1.1 L1 10.3.1.1 L2"), after);
    auto const less = applied(after, "HOME 10.2.0.1 V1 10.3.1.1 L2");
    EXPECT_EQ(less, started(links + "HOME 10.2.0.1 V1 10.3.1.1 L2"));
    EXPECT_EQ(to_text(differences(after, less)),
              "- HOME 10.1.1.1 L1\n"
              "  10.1.1.1 is no address of this stack: its connections end\n");
    EXPECT_TRUE(applied(after, "HOME").interfaces.empty());
    EXPECT_NE(refusal(before,
                      "BSDROUTINGPARMS TRUE L1 1400 0 255.255.255.0 0 "
                      "ENDBSDROUTINGPARMS"),
              "");
}

TEST(home, gives_a_link_another_address_when_its_device_is_stopped) {
    auto const before = started(links + home + "START D1");
    EXPECT_EQ(refusal(before, "HOME 10.1.1.2 L1"), "link L1 has the home address 10.1.1.1\n");
    EXPECT_EQ(refusal(before, "HOME 10.1.1.1 L1 10.1.1.2 L1"),
              "link L1 has the home address 10.1.1.1\n");
    auto const moved = applied(applied(before, "STOP D1"), "HOME 10.1.1.2 L1");
    EXPECT_EQ(moved, started(links + "HOME 10.1.1.2 L1"));
    EXPECT_EQ(applied(started(links + "HOME 10.2.0.1 V1"), "HOME 10.2.0.2 V1"),
              started(links + "HOME 10.2.0.2 V1"))
        << "a VIRTUAL one can't be stopped";
}

TEST(home, takes_away_what_referred_to_a_link_that_it_leaves_out) {
    std::string const routes =
        "BEGINROUTES ROUTE DEFAULT 10.1.1.9 L1 MTU 576\n"
        "ROUTE 10.9.0.0/16 10.1.1.9 L1 MTU 576 ENDROUTES\n";
    auto before = started(links + "HOME 10.1.1.1 L1 10.3.1.1 L2\n" + routes);
    before.primary_interface = "L1";
    auto const less = applied(before, "HOME 10.3.1.1 L2");
    EXPECT_TRUE(less.routes.empty());
    EXPECT_FALSE(less.primary_interface);
    EXPECT_EQ(started(to_profile(less)), less);
    auto const moved = applied(before, "HOME 10.1.1.2 L1 10.3.1.1 L2");
    ASSERT_EQ(moved.routes.size(), 1U) << "default routes must be written again";
    EXPECT_EQ(moved.routes[0].destination.length, 16);
    EXPECT_EQ(applied(before, "HOME 10.1.1.2 L1 " + routes).routes.size(), 2U);
    auto const source = started(links +
                                "HOME 10.2.0.1 V1 INTERFACE I DEFINE IPAQENET PORTNAME P "
                                "IPADDR 10.5.0.1/24 SOURCEVIPAINTERFACE V1");
    EXPECT_EQ(refusal(source, "HOME"), "HOME leaves out V1, the source VIPA of I\n");
}

TEST(home, of_an_obeyfile_changes_which_virtual_link_gives_the_source) {
    auto const before = started(links + "HOME 10.2.0.1 V1 10.1.1.1 L1");
    auto const after = applied(before, "HOME 10.2.0.1 V1 10.2.0.2 V2 10.1.1.1 L1");
    EXPECT_EQ(after.find_interface("L1")->source_vipa_interface, "V2");
}

TEST(home, does_not_touch_what_interface_defined) {
    std::string const interface = "INTERFACE I1 DEFINE VIRTUAL IPADDR 10.5.0.1\n";
    auto const before = started(interface + links + home);
    EXPECT_EQ(applied(before, home), before);
    EXPECT_EQ(applied(before, "HOME"), started(interface + links));
    EXPECT_NE(refusal(before, "INTERFACE L1 DEFINE VIRTUAL IPADDR 10.5.0.2"), "");
    EXPECT_NE(refusal(before, "INTERFACE L2 DEFINE VIRTUAL IPADDR 10.5.0.2"), "");
}

TEST(home, in_another_order_is_printed_so_that_it_means_the_same) {
    auto const before = started(links + "HOME 10.2.0.1 V1 10.1.1.1 L1 10.2.0.2 V2");
    auto const after = applied(before, "HOME 10.2.0.1 V1 10.1.1.1 L1 10.3.1.1 L2 10.2.0.2 V2");
    EXPECT_EQ(after.find_interface("L2")->source_vipa_interface, "V1");
    EXPECT_EQ(started(to_profile(after)), after) << to_profile(after);
}

TEST(delete_device, needs_it_stopped_and_without_links) {
    auto const before = started(links + home + "START D1");
    auto const problem = [&](std::string const& text) {
        auto const result = try_apply(before, text);
        EXPECT_FALSE(result.ok());
        return result.diagnostics.front().message_id + result.diagnostics.front().text;
    };
    EXPECT_EQ(problem("DELETE DEVICE D1"), "EZZ0395Idevice D1 is active");
    EXPECT_EQ(problem("STOP D1 DELETE DEVICE D1"), "EZZ0395Idevice D1 is active");
    EXPECT_EQ(problem("DELETE LINK L1"), "link L1 has a home address");
    EXPECT_EQ(problem("DELETE DEVICE D2"), "device D2 has a link");
    EXPECT_EQ(problem("HOME DELETE LINK L1"), "EZZ0395Ilink L1 is active");
    EXPECT_EQ(
        applied(applied(before, "STOP D1"), "HOME DELETE LINK L1 DELETE DEVICE D1").devices.size(),
        2U);
    auto const after = applied(before, "DELETE LINK L2 DELETE DEVICE D2");
    EXPECT_EQ(after.devices.size(), 2U);
    EXPECT_EQ(after.links.size(), 3U);
}

}  // namespace
}  // namespace parser
