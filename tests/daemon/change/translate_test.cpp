#include "daemon/change/translate.hpp"

#include "parser/parse.hpp"

#include <gtest/gtest.h>

namespace tcpplexd {
namespace {

parser::configuration configured(std::string const& text) {
    auto const parsed =
        parser::parse("test.profile", parser::memory_reader({{"test.profile", text}}));
    EXPECT_TRUE(parsed.ok()) << parser::to_text(parsed.diagnostics);
    auto applied = parser::apply({}, parsed.profile, parser::phase::initial);
    EXPECT_TRUE(applied.ok()) << parser::to_text(applied.diagnostics);
    return applied.next;
}

constexpr char const* profile = R"(
INTERFACE OSA1 DEFINE IPAQENET PORTNAME P1 IPADDR 10.1.1.1/24 MTU 9000
INTERFACE VIPA1 DEFINE VIRTUAL IPADDR 10.1.8.1
BEGINROUTES
  ROUTE DEFAULT 10.1.1.254 OSA1 MTU 1400
ENDROUTES
IPCONFIG SOURCEVIPA TCPSTACKSOURCEVIPA 10.1.9.9 DYNAMICXCF 10.1.10.1 255.255.255.0 1 NODATAGRAMFWD
TCPCONFIG EPHEMERALPORTS 40000 40003 TIMEWAITINTERVAL 30
PORT 7 TCP MISCSERV
     8080 TCP WEB BIND 10.1.9.9
     9000 TCP RESERVED
VIPADYNAMIC
  VIPADEFINE SYSPLEXPORTS MOVEABLE IMMEDIATE 255.255.255.0 10.1.9.9
  VIPADISTRIBUTE DEFINE 10.1.9.9 PORT 8080-8082 DESTIP ALL
ENDVIPADYNAMIC
START OSA1
)";

TEST(stack_settings, loopback_is_first_and_dynamic_xcf_is_last) {
    auto const settings = stack_settings(configured(profile));
    ASSERT_EQ(settings.interfaces.size(), 4U);
    EXPECT_EQ(settings.interfaces[0].type, stack::interface_settings::kind::loopback);
    EXPECT_EQ(settings.interfaces[1].name, "OSA1");
    EXPECT_EQ(settings.interfaces[1].mtu, 9000);
    EXPECT_TRUE(settings.interfaces[1].active);
    EXPECT_EQ(settings.interfaces[2].type, stack::interface_settings::kind::virtual_);
    EXPECT_EQ(settings.interfaces[3].type, stack::interface_settings::kind::xcf);
    EXPECT_EQ(settings.interfaces[3].host.to_string(), "10.1.10.1");
}

TEST(stack_settings, have_the_rules_of_srcip_in_the_order_they_count) {
    auto const sources = stack_settings(configured(R"(
INTERFACE V6 DEFINE VIRTUAL6 IPADDR 2001:db8::1
SRCIP
  JOBNAME * 10.1.8.1
  DESTINATION 10.2.0.0/16 10.1.8.2
  DESTINATION 10.2.3.0/24 10.1.8.3
  JOBNAME PAY* V6
  JOBNAME PAY2 PUBLICADDRS
  JOBNAME PAY1 10.1.8.4
  JOBNAME WEB 10.1.8.5 SERVER
ENDSRCIP
)"))
                             .sources;
    std::vector<std::string> rules;
    for (auto const& rule : sources)
        rules.push_back(rule.job + ' ' + rule.destination.to_string() + ' ' +
                        rule.source.to_string());
    EXPECT_EQ(rules, (std::vector<std::string>{"PAY2 ::/0 ::", "PAY* ::/0 2001:db8::1",
                                               "PAY1 0.0.0.0/0 10.1.8.4", "* 10.2.3.0/24 10.1.8.3",
                                               "* 10.2.0.0/16 10.1.8.2", "* 0.0.0.0/0 10.1.8.1"}));
}

TEST(stack_settings, have_what_srcip_says_of_servers) {
    auto const sources = stack_settings(configured(R"(
INTERFACE V6 DEFINE VIRTUAL6 IPADDR 2001:db8::1
SRCIP
  JOBNAME * 10.1.8.1 BOTH
  JOBNAME WEB* 10.1.8.2 SERVER
  JOBNAME WEB1 10.1.8.3 SERVER
  JOBNAME WEB* V6 BOTH
  JOBNAME PAY 10.1.8.4
ENDSRCIP
)"))
                             .server_sources;
    std::vector<std::string> v4, v6;
    for (auto const& rule : sources)
        (rule.source.is_v4() ? v4 : v6).push_back(rule.job + ' ' + rule.source.to_string());
    EXPECT_EQ(v4, (std::vector<std::string>{"WEB1 10.1.8.3", "WEB* 10.1.8.2", "* 10.1.8.1"}));
    EXPECT_EQ(v6, (std::vector<std::string>{"WEB* 2001:db8::1"}));
}

TEST(stack_settings, have_what_tcpconfig_says) {
    auto const tcp =
        stack_settings(configured("TCPCONFIG TIMEWAITINTERVAL 30 FINWAIT2TIME 20 CONNECTTIMEOUT 10 "
                                  "CONNECTINITINTERVAL 500 MAXIMUMRETRANSMITTIME 40 INTERVAL 5 "
                                  "KEEPALIVEPROBEINTERVAL 6 KEEPALIVEPROBES 7 RETRANSMITATTEMPTS 8 "
                                  "TCPSENDBFRSIZE 1K TCPRCVBUFRSIZE 2K TCPMAXSENDBUFRSIZE 3K "
                                  "TCPMAXRCVBUFRSIZE 4K FRRTHRESHOLD 300 RESTRICTLOWPORTS "
                                  "NODELAYACKS NONAGLE NOTCPTIMESTAMP NOSELECTIVEACK "
                                  "SOMAXCONN 9"))
            .tcp;
    EXPECT_EQ(tcp.time_wait, std::chrono::seconds(30));
    EXPECT_EQ(tcp.fin_wait_2, std::chrono::seconds(20));
    EXPECT_EQ(tcp.connect_timeout, std::chrono::seconds(10));
    EXPECT_EQ(tcp.initial_rto, std::chrono::milliseconds(500));
    EXPECT_EQ(tcp.max_rto, std::chrono::seconds(40));
    EXPECT_EQ(tcp.keepalive_idle, std::chrono::minutes(5));
    EXPECT_EQ(tcp.keepalive_interval, std::chrono::seconds(6));
    EXPECT_EQ(tcp.keepalive_probes, 7);
    EXPECT_EQ(tcp.retransmit_attempts, 8);
    EXPECT_EQ(tcp.send_buffer, 1024U);
    EXPECT_EQ(tcp.receive_buffer, 2048U);
    EXPECT_EQ(tcp.max_send_buffer, 3072U);
    EXPECT_EQ(tcp.max_receive_buffer, 4096U);
    EXPECT_EQ(tcp.duplicate_threshold, 300);
    EXPECT_EQ(tcp.somaxconn, 9);
    EXPECT_TRUE(tcp.restrict_low_ports);
    EXPECT_FALSE(tcp.delay_acks);
    EXPECT_FALSE(tcp.nagle);
    EXPECT_FALSE(tcp.timestamps);
    EXPECT_FALSE(tcp.selective_ack);
}

TEST(stack_settings, have_what_udpconfig_says) {
    auto const udp =
        stack_settings(configured("UDPCONFIG EPHEMERALPORTS 2000 2999 RESTRICTLOWPORTS NOUDPCHKSUM "
                                  "UDPSENDBFRSIZE 1K UDPRCVBUFRSIZE 2K"))
            .udp;
    EXPECT_EQ(udp.first_ephemeral, 2000);
    EXPECT_EQ(udp.last_ephemeral, 2999);
    EXPECT_EQ(udp.send_buffer, 1024U);
    EXPECT_EQ(udp.receive_buffer, 2048U);
    EXPECT_TRUE(udp.restrict_low_ports);
    EXPECT_FALSE(udp.checksum);
}

// TCPCONFIG of the IP Configuration Reference, but for what today's TCP does otherwise.
TEST(stack_settings, have_the_defaults_of_zos) {
    auto const tcp = stack_settings(configured("")).tcp;
    EXPECT_EQ(tcp.send_buffer, 65536U);
    EXPECT_EQ(tcp.receive_buffer, 65536U);
    EXPECT_EQ(tcp.max_send_buffer, 262144U);
    EXPECT_EQ(tcp.max_receive_buffer, 262144U);
    EXPECT_EQ(tcp.max_rto, std::chrono::seconds(120));
    EXPECT_TRUE(tcp.timestamps);
    EXPECT_TRUE(tcp.selective_ack);
}

TEST(stack_settings, routes_name_their_interface_by_position) {
    auto const settings = stack_settings(configured(profile));
    ASSERT_EQ(settings.routes.size(), 1U);
    EXPECT_EQ(settings.routes[0].interface, 1U);
    EXPECT_EQ(settings.routes[0].gateway.to_string(), "10.1.1.254");
    EXPECT_EQ(settings.routes[0].mtu, 1400);
    EXPECT_EQ(settings.routes[0].destination.length, 0);
}

TEST(stack_settings, reserved_ports_belong_to_a_job_or_to_nobody) {
    auto const settings = stack_settings(configured(profile));
    ASSERT_EQ(settings.ports.size(), 3U);
    EXPECT_EQ(settings.ports[0].job, "MISCSERV");
    EXPECT_EQ(settings.ports[1].bind, stack::address::parse("10.1.9.9"));
    EXPECT_EQ(settings.ports[2].job, "") << "RESERVED";
}

TEST(stack_settings, ports_of_ranges_stand_among_the_others_udp_first) {
    auto const settings = stack_settings(
        configured("PORT 5 UDP X 7 TCP Y 20 TCP Z PORTRANGE 8 2 TCP WEB* 3 1 UDP AUTHPORT"));
    std::vector<std::uint16_t> ports;
    std::vector<std::string> jobs;
    for (auto const& each : settings.ports) {
        ports.push_back(each.port);
        jobs.push_back(each.job);
    }
    EXPECT_EQ(ports, (std::vector<std::uint16_t>{3, 5, 7, 8, 9, 20}));
    EXPECT_EQ(jobs, (std::vector<std::string>{"", "X", "Y", "WEB*", "WEB*", "Z"}));
}

TEST(stack_settings, ports_are_shared_with_shareport) {
    auto const settings = stack_settings(
        configured("INTERFACE OSA1 DEFINE IPAQENET PORTNAME P1 IPADDR 10.1.1.1/24\n"
                   "PORT 80 TCP WEB SHAREPORT 81 TCP WEB SHAREPORTWLM BIND 10.1.1.1 82 TCP WEB"));
    std::vector<bool> shared;
    for (auto const& each : settings.ports)
        shared.push_back(each.shared);
    EXPECT_EQ(shared, (std::vector<bool>{true, true, false}));
}

TEST(stack_settings, rules_of_ports_not_reserved_stand_with_the_more_specific_job_first) {
    auto const settings = stack_settings(
        configured("PORT UNRSV TCP * DENY UNRSV TCP WEB* UNRSV TCP WEB1 UNRSV UDP DNS"));
    std::vector<std::string> jobs;
    for (auto const& each : settings.unreserved)
        jobs.push_back((each.tcp ? "TCP " : "UDP ") + each.job);
    EXPECT_EQ(jobs, (std::vector<std::string>{"TCP WEB1", "TCP WEB*", "TCP *", "UDP DNS"}));
    EXPECT_TRUE(settings.unreserved[2].deny);
    EXPECT_EQ(settings.unreserved[2].when, stack::unreserved_rule::check::listen);
    EXPECT_EQ(settings.unreserved[3].when, stack::unreserved_rule::check::bind);
    auto const at_bind = stack_settings(configured("PORT UNRSV TCP WEB WHENBIND"));
    EXPECT_EQ(at_bind.unreserved.front().when, stack::unreserved_rule::check::bind);
}

TEST(stack_settings, tcp_and_ip_parameters_are_taken_over) {
    auto const settings = stack_settings(configured(profile));
    EXPECT_EQ(settings.tcp.first_ephemeral, 40000);
    EXPECT_EQ(settings.tcp.last_ephemeral, 40003);
    EXPECT_EQ(settings.tcp.time_wait, std::chrono::seconds(30));
    EXPECT_FALSE(settings.ip.forwarding);
    EXPECT_EQ(settings.ip.tcp_stack_source_vipa, stack::address::parse("10.1.9.9"));
}

TEST(stack_settings, an_ipv6_address_brings_loopback6_and_the_settings_of_ipconfig6) {
    auto const settings = stack_settings(
        configured("INTERFACE OSA6 DEFINE IPAQENET6 PORTNAME P IPADDR 2001:db8:1::1/64\n"
                   "BEGINROUTES ROUTE DEFAULT6 2001:db8:1::fe OSA6 MTU 1500 ENDROUTES\n"
                   "IPCONFIG6 SOURCEVIPA TCPSTACKSOURCEVIPA D6 HOPLIMIT 30 NODATAGRAMFWD\n"
                   "          DYNAMICXCF 2001:db8:10::1/64\n"
                   "VIPADYNAMIC VIPADEFINE D6 2001:db8:9::1 ENDVIPADYNAMIC"));
    ASSERT_EQ(settings.interfaces.size(), 4U);
    EXPECT_EQ(settings.interfaces[1].prefix_length, 64);
    EXPECT_EQ(settings.interfaces[2].name, "LOOPBACK6");
    EXPECT_EQ(settings.interfaces[2].host, stack::address::parse("::1"));
    EXPECT_EQ(settings.interfaces[3].type, stack::interface_settings::kind::xcf);
    ASSERT_EQ(settings.routes.size(), 1U);
    EXPECT_EQ(settings.routes[0].destination.to_string(), "::/0");
    EXPECT_EQ(settings.ip6.tcp_stack_source_vipa, stack::address::parse("2001:db8:9::1"));
    EXPECT_EQ(settings.ip6.ttl, 30);
    EXPECT_FALSE(settings.ip6.forwarding);
    EXPECT_TRUE(settings.ip.forwarding);
}

TEST(definitions_of_a_configuration, distributions_name_their_ports) {
    auto const told = definitions(configured(profile));
    EXPECT_EQ(told.dynamic_xcf.to_string(), "10.1.10.1");
    ASSERT_EQ(told.dvipas.size(), 1U);
    EXPECT_EQ(told.dvipas[0].prefix_length, 24);
    ASSERT_EQ(told.dvipas[0].distributions.size(), 1U);
    EXPECT_EQ(told.dvipas[0].distributions[0].first_port, 8080);
    EXPECT_EQ(told.dvipas[0].distributions[0].last_port, 8082);
    EXPECT_TRUE(told.dvipas[0].distributions[0].to_all);
}

TEST(definitions_of_a_configuration, say_how_targets_are_chosen) {
    auto const told = definitions(configured(
        "IPCONFIG DYNAMICXCF 10.1.10.1/24 1\n"
        "VIPADYNAMIC\n"
        "VIPADEFINE 255.255.255.0 10.1.9.9\n"
        "VIPADISTRIBUTE DISTMETHOD HOTSTANDBY NOAUTOSWITCHBACK NOHEALTHSWITCH TIMEDAFFINITY 60 "
        "10.1.9.9 DESTIP 10.1.10.1 PREFERRED 10.1.10.2 BACKUP 9\n"
        "VIPADISTRIBUTE DISTMETHOD WEIGHTEDACTIVE 10.1.9.9 PORT 80 DESTIP 10.1.10.2 WEIGHT 30\n"
        "ENDVIPADYNAMIC\n"));
    auto const& all = told.dvipas.at(0).distributions;
    using stack::distribution_method;
    auto const first = *stack::address::parse("10.1.10.1");
    auto const second = *stack::address::parse("10.1.10.2");
    EXPECT_EQ(all.at(0), (distribution{0,
                                       0,
                                       distribution_method::hot_standby,
                                       false,
                                       false,
                                       60,
                                       false,
                                       {{first, 10, true, 1}, {second, 10, false, 9}}}));
    EXPECT_EQ(all.at(1), (distribution{80,
                                       80,
                                       distribution_method::weighted_active,
                                       true,
                                       true,
                                       0,
                                       false,
                                       {{second, 30, false, 1}}}));
}

}  // namespace
}  // namespace tcpplexd
