// PORT, PORTRANGE, PORT UNRSV, and what DELETE takes away of them.
#include "profile_text.hpp"

#include <fmt/format.h>

namespace parser {
namespace {

auto constexpr tcp = port_protocol::tcp;
auto constexpr udp = port_protocol::udp;

/// What apply() makes of a text that gives notes.
configuration noted(std::string const& text) {
    auto const parsed = parse_text(text);
    EXPECT_TRUE(parsed.ok()) << to_text(parsed.diagnostics);
    auto applied = apply({}, parsed.profile, phase::initial);
    EXPECT_EQ(to_text(applied.diagnostics), "");
    return applied.next;
}

TEST(port, adds_to_the_reservations_there_are) {
    auto const after = applied(started("PORT 80 TCP WEB1"), "PORT 80 TCP WEB2 80 UDP WEB3");
    EXPECT_TRUE(after.ports.find(tcp, 80, "WEB1"));
    EXPECT_TRUE(after.ports.find(tcp, 80, "WEB2"));
    EXPECT_FALSE(after.ports.find(tcp, 80, "WEB3"));
    EXPECT_TRUE(after.ports.find(udp, 80, "WEB3"));
}

TEST(port, given_again_to_the_same_job_takes_its_new_options) {
    auto const after = applied(started("PORT 80 TCP WEB"), "PORT 80 TCP WEB NOAUTOLOG");
    EXPECT_EQ(after.ports.ports.size(), 1U);
    EXPECT_TRUE(after.ports.find(tcp, 80, "WEB")->options.no_autolog);
}

TEST(port, with_bind_stands_before_the_entry_without) {
    auto const config = started("PORT 80 TCP WEB BIND 10.1.9.9 80 TCP WEB");
    EXPECT_EQ(config.ports.find(tcp, 80, "WEB")->bind, address("10.1.9.9"));
    EXPECT_NE(refusal({}, "PORT 80 TCP WEB 80 TCP WEB BIND 10.1.9.9"), "");
}

TEST(port, keeps_several_binds_of_a_job_in_the_order_given) {
    auto const config = started("PORT 80 TCP WEB BIND 10.1.9.9 80 TCP WEB BIND 10.1.9.8");
    EXPECT_EQ(config.ports.find(tcp, 80, "WEB")->bind, address("10.1.9.9"));
    EXPECT_EQ(started(to_profile(config)), config);
}

TEST(port, is_used_by_the_entry_with_the_most_specific_job) {
    auto const config =
        started("PORT 80 TCP * NOAUTOLOG 80 TCP WE* NOAUTOLOG 80 TCP WEB* 80 TCP OTHER");
    EXPECT_FALSE(config.ports.find(tcp, 80, "WEB1")->options.no_autolog);
    EXPECT_TRUE(config.ports.find(tcp, 80, "WEX")->options.no_autolog);
    EXPECT_FALSE(config.ports.find(tcp, 80, "WEB")->options.no_autolog)
        << "* may stand for nothing";
    EXPECT_TRUE(config.ports.find(tcp, 80, "ANY"));
    EXPECT_FALSE(started("PORT 80 TCP RESERVED").ports.find(tcp, 80, ""));
}

TEST(port, keeps_all_options) {
    auto const config = noted(
        "PORT 80 TCP WEB DELAYACKS SHAREPORT SAF WEB-RES\n"
        "     81 TCP WEB NODELAYACKS SHAREPORTWLM BIND 10.1.1.1 NOSMC\n"
        "PORT UNRSV TCP * DENY UNRSV TCP JOB* SAF RES UNRSV UDP JOB WHENBIND\n"
        "PORTRANGE 90 10 TCP AUTHPORT 100 5 UDP W NOAUTOLOG NODELAYACKS SAF R");
    EXPECT_EQ(config.ports.find(tcp, 80, "WEB")->options.sharing, listener_sharing::shareport);
    EXPECT_EQ(config.ports.find(tcp, 80, "WEB")->options.saf, "WEB-RES");
    EXPECT_EQ(config.ports.find(tcp, 81, "WEB")->options.delay_acks, false);
    EXPECT_TRUE(config.ports.find_unreserved(tcp, "OTHER")->deny);
    EXPECT_EQ(config.ports.find_unreserved(tcp, "JOB1")->saf, "RES");
    EXPECT_EQ(config.ports.find_unreserved(tcp, "JOB1")->when, unreserved_check::listen);
    EXPECT_FALSE(config.ports.find_unreserved(udp, "OTHER"));
    EXPECT_TRUE(config.ports.find_range(tcp, 99)->second.authport);
    EXPECT_EQ(noted(to_profile(config)), config);
}

TEST(port, of_an_address_is_that_of_the_entry_with_bind) {
    auto const config = noted(
        "PORT 80 TCP WEB BIND 10.1.1.1 SAF A 80 TCP WEB BIND 10.1.1.2 SAF B 80 TCP * SAF C\n"
        "     81 TCP WEB BIND 10.1.1.1 SAF A");
    auto const resource = [&](std::uint16_t port, char const* job, char const* host) {
        auto const* const found = config.ports.find(tcp, port, job, *parse_ip_address(host));
        return found == nullptr ? std::string() : std::string(found->options.saf->view());
    };
    EXPECT_EQ(resource(80, "WEB", "10.1.1.2"), "B");
    EXPECT_EQ(resource(80, "WEB", "10.1.1.3"), "C");
    EXPECT_EQ(resource(80, "ANY", "10.1.1.1"), "C");
    EXPECT_EQ(resource(80, "WEB", "0.0.0.0"), "A");
    EXPECT_EQ(resource(80, "WEB", "::"), "A") << "of both families";
    EXPECT_EQ(resource(80, "WEB", "2001:db8::1"), "C");
    EXPECT_EQ(resource(81, "WEB", "10.1.1.3"), "A") << "for want of another";
    EXPECT_EQ(resource(81, "ANY", "10.1.1.1"), "");
}

TEST(unrsv, changes_when_it_looks_after_all_its_entries_are_deleted) {
    auto const before = noted("PORT UNRSV TCP JOB1 UNRSV UDP *");
    auto const listen = parse_text("PORT UNRSV TCP JOB2 WHENBIND");
    EXPECT_FALSE(apply(before, listen.profile, phase::obeyfile).ok());
    auto const anew = parse_text("DELETE PORT UNRSV TCP JOB1 PORT UNRSV TCP JOB2 WHENBIND");
    auto const after = apply(before, anew.profile, phase::obeyfile);
    EXPECT_TRUE(after.ok()) << to_text(after.diagnostics);
    EXPECT_EQ(after.next.ports.find_unreserved(tcp, "JOB2")->when, unreserved_check::bind);
}

TEST(portrange, has_the_ports_from_the_first_on) {
    auto const config = started("PORTRANGE 5000 10 TCP OMVS 5005 10 UDP OMVS");
    auto const range = config.ports.find_range(tcp, 5009);
    ASSERT_NE(range, config.ports.ranges.end());
    EXPECT_EQ(range->second.job, "OMVS");
    EXPECT_EQ(config.ports.find_range(tcp, 5010), config.ports.ranges.end());
    EXPECT_EQ(config.ports.find_range(tcp, 4999), config.ports.ranges.end());
    EXPECT_EQ(noted("PORTRANGE 65000 1000 TCP OMVS").ports.find_range(tcp, 65535)->second.last,
              65535);
}

TEST(portrange, takes_no_port_that_is_reserved_in_the_same_protocol) {
    auto const before = started("PORT 80 TCP WEB 5000 UDP X PORTRANGE 100 10 TCP OMVS");
    EXPECT_EQ(refusal(before, "PORTRANGE 70 20 TCP OMVS"),
              "PORTRANGE 70 20 TCP has port 80, which a PORT reserves\n");
    EXPECT_EQ(refusal(before, "PORTRANGE 90 11 TCP OMVS"),
              "PORTRANGE 90 11 TCP overlaps PORTRANGE 100 10 TCP\n");
    EXPECT_EQ(refusal(before, "PORTRANGE 109 1 TCP OMVS"),
              "PORTRANGE 109 1 TCP overlaps PORTRANGE 100 10 TCP\n");
    EXPECT_EQ(refusal(before, "PORT 105 TCP X"),
              "port 105 TCP is in PORTRANGE 100 10 TCP already\n");
    applied(before, "PORTRANGE 81 19 TCP OMVS 110 9000 TCP OMVS 70 20 UDP OMVS PORT 105 UDP X");
}

TEST(portrange, given_again_takes_its_new_options) {
    auto const before = started("PORTRANGE 100 10 TCP OMVS");
    EXPECT_TRUE(applied(before, "PORTRANGE 100 10 TCP OMVS NOAUTOLOG")
                    .ports.find_range(tcp, 100)
                    ->second.options.no_autolog);
    EXPECT_NE(refusal(before, "PORTRANGE 100 10 TCP OTHER"), "");
}

TEST(portrange, that_leaves_nothing_to_choose_is_warned_of) {
    auto const result = try_apply({},
                                  "TCPCONFIG EPHEMERALPORTS 2000 2009\n"
                                  "PORTRANGE 2000 9 TCP RESERVED PORT 2009 TCP RESERVED");
    EXPECT_TRUE(result.ok());
    ASSERT_EQ(result.diagnostics.size(), 1U);
    EXPECT_EQ(result.diagnostics[0].level, severity::warning);
    applied({}, "TCPCONFIG EPHEMERALPORTS 2000 2009 PORTRANGE 2000 9 TCP RESERVED");
}

TEST(portrange, that_takes_a_distributed_port_from_all_servers_is_warned_of) {
    std::string const distributed =
        "IPCONFIG DYNAMICXCF 10.1.10.1/24 1\nVIPADYNAMIC VIPADEFINE 255.255.255.255 10.1.9.9\n"
        "VIPADISTRIBUTE 10.1.9.9 PORT 8000-8010 DESTIP ALL ENDVIPADYNAMIC\n";
    auto const result = try_apply({}, distributed + "PORTRANGE 8010 5 TCP RESERVED");
    ASSERT_EQ(result.diagnostics.size(), 1U);
    EXPECT_EQ(result.diagnostics[0].level, severity::warning);
    applied({}, distributed + "PORTRANGE 8010 5 TCP WEB PORTRANGE 8011 2 UDP RESERVED");
}

TEST(delete_port, takes_away_what_it_names_exactly) {
    auto const before = started(
        "PORT 80 TCP WEB BIND 10.1.9.9 80 TCP WEB 80 TCP WEB2\n"
        "PORTRANGE 100 10 TCP OMVS 200 5 UDP RESERVED");
    EXPECT_EQ(refusal(before, "DELETE PORT 80 UDP WEB"), "port 80 UDP is not given to WEB\n");
    EXPECT_EQ(refusal(before, "DELETE PORT 80 TCP RESERVED"), "port 80 TCP is not reserved\n");
    EXPECT_EQ(refusal(before, "DELETE PORTRANGE 100 9 TCP OMVS"),
              "there is no PORTRANGE 100 9 TCP given to OMVS\n");
    EXPECT_EQ(refusal(before, "DELETE PORTRANGE 200 5 UDP OMVS"),
              "there is no PORTRANGE 200 5 UDP given to OMVS\n");
    EXPECT_FALSE(
        applied(before, "DELETE PORT 80 TCP WEB BIND 10.1.9.9").ports.find(tcp, 80, "WEB")->bind);
    auto const after = applied(before,
                               "DELETE PORT 80 TCP WEB NOAUTOLOG DELETE PORTRANGE 100 10 TCP OMVS\n"
                               "                              200 5 UDP RESERVED");
    EXPECT_FALSE(after.ports.find(tcp, 80, "WEB"));
    EXPECT_TRUE(after.ports.find(tcp, 80, "WEB2"));
    EXPECT_TRUE(after.ports.ranges.empty());
}

/// Quadratic work on so many would take many minutes.
constexpr unsigned many = 200'000;

TEST(very_many_ports, of_every_number_and_job_are_taken_and_found) {
    std::string text = "PORT";
    for (unsigned i = 0; i < many; ++i)
        text += fmt::format("\n{} TCP J{} NODELAYACKS", i % 65535 + 1, i);
    auto const config = noted(text);
    EXPECT_EQ(config.ports.ports.size(), many);
    for (unsigned i = 0; i < many; ++i)
        ASSERT_TRUE(config.ports.find(tcp, static_cast<std::uint16_t>(i % 65535 + 1),
                                      "J" + std::to_string(i)));
}

TEST(very_many_ports, of_one_number_are_taken_found_and_deleted) {
    std::string text;
    std::string gone;
    for (unsigned i = 0; i < many; ++i) {
        text += fmt::format("PORT 80 TCP J{}\n", i);
        gone += fmt::format("DELETE PORT 80 TCP J{}\n", i);
    }
    auto const config = started(text);
    EXPECT_EQ(config.ports.ports.size(), many);
    for (unsigned i = 0; i < many; ++i)
        ASSERT_TRUE(config.ports.find(tcp, 80, "J" + std::to_string(i)));
    EXPECT_TRUE(applied(config, gone).ports.ports.empty());
}

}  // namespace
}  // namespace parser
