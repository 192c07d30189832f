// Host settings: what a good file gives, and what each mistake is answered with.
#include "daemon/host/host_settings.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace tcpplexd {
namespace {

settings_origin const origin{"/etc/tcpplex/tcpip1.profile", "sys-1.example.com"};

std::string errors_of(settings_result const& result) {
    std::string all;
    if (result) return all;
    for (auto const& error : result.error())
        all += to_string(error, "h.yaml") + '\n';
    return all;
}

struct mistake {
    char const* name;
    char const* yaml;
    char const* message;  // the whole answer starts with this
};
void PrintTo(mistake const& m, std::ostream* out) {
    *out << m.name;
}

std::string name_of(testing::TestParamInfo<mistake> const& test) {
    return test.param.name;
}

class bad_settings : public testing::TestWithParam<mistake> {};

TEST_P(bad_settings, are_answered_with_place_and_expectation) {
    auto const result = load(GetParam().yaml, origin);
    ASSERT_FALSE(result) << "accepted";
    EXPECT_EQ(result.error().size(), 1U);
    EXPECT_TRUE(errors_of(result).starts_with(GetParam().message)) << errors_of(result);
}

INSTANTIATE_TEST_SUITE_P(
    each, bad_settings,
    testing::Values(
        mistake{"unknown_key_nearby", "stack: A\nsytem: B\n",
                "h.yaml:2:1: host settings: unknown key 'sytem'; did you mean 'system'?"},
        mistake{"unknown_key_far", "colour: blue\n",
                "h.yaml:1:1: host settings: unknown key 'colour'; expected stack, system,"},
        mistake{"repeated_key", "stack: A\nsystem: B\nstack: C\n",
                "h.yaml:3:1: host settings: key 'stack' again; it stands in line 1"},
        mistake{"list_for_name", "stack: [A]\n", "h.yaml:1:8: 'stack': expected a name of 1-8"},
        mistake{"nothing_for_name", "stack:\nsystem: A\n",
                "h.yaml:1:1: host settings: key 'stack' has no value"},
        mistake{"empty_name", "stack: ''\n", "h.yaml:1:8: 'stack': expected a name of 1-8"},
        mistake{"long_name", "stack: TCPIP1234\n", "h.yaml:1:8: 'stack': expected a name of 1-8"},
        mistake{"digit_first", "system: 1SYS\n", "h.yaml:1:9: 'system': expected a name of 1-8"},
        mistake{"list_for_all", "- stack\n",
                "h.yaml:1:1: host settings: expected a mapping (key: value), found a list"},
        mistake{"two_documents", "stack: A\n---\nstack: B\n",
                "h.yaml:2:1: not valid YAML: expected one document, found more here"},
        mistake{"stray_comma", ",", "h.yaml:1:1: not valid YAML: expected one document"},
        mistake{"stray_bracket", "stack: A\n]\n", "h.yaml:"},
        mistake{"broken_yaml", "stack: [A\n", "h.yaml:"},
        mistake{"list_as_key", "? [a]\n: b\n", "h.yaml:1:3: host settings: expected a name as key"},
        mistake{"group_too_small", "xcfgrpid: 1\n",
                "h.yaml:1:11: 'xcfgrpid': expected a number from 2 to 31, found '1'"},
        mistake{"group_no_number", "xcfgrpid: 3x\n",
                "h.yaml:1:11: 'xcfgrpid': expected a number from 2 to 31, found '3x'"},
        mistake{"metrics", "metrics: 127.0.0.1:9464\n",
                "h.yaml:1:1: 'metrics' is not supported yet"},
        mistake{"shards_uneven", "shards: 3\n",
                "h.yaml:1:9: 'shards': expected a power of two: 1, 2, 4, 8 or 16"},
        mistake{"shards_none", "shards: 0\n",
                "h.yaml:1:9: 'shards': expected a number from 1 to 16, found '0'"},
        mistake{"etcd_path", "coupling_facility: {kind: etcd, path: /a, endpoints: ['a:1']}\n",
                "h.yaml:1:33: 'coupling_facility': 'path' belongs to kind 'shared-memory'"},
        mistake{"etcd_connections",
                "coupling_facility: {kind: etcd, connections: 1024, endpoints: ['a:1']}\n",
                "h.yaml:1:33: 'coupling_facility': 'connections' belongs to kind 'shared-memory'"},
        mistake{"too_few_connections",
                "coupling_facility: {kind: shared-memory, connections: 512}\n",
                "h.yaml:1:55: connections of the coupling facility: expected a number from 1024 to "
                "8388608, found '512'"},
        mistake{"too_many_connections",
                "coupling_facility: {kind: shared-memory, connections: 16777216}\n",
                "h.yaml:1:55: connections of the coupling facility: expected a number from 1024 to "
                "8388608, found '16777216'"},
        mistake{"odd_connections",
                "coupling_facility: {kind: shared-memory, connections: 300000}\n",
                "h.yaml:1:55: connections of the coupling facility: expected a power of two, found "
                "'300000'; take 524288"},
        mistake{"etcd_nowhere", "coupling_facility: {kind: etcd}\n",
                "h.yaml:1:20: 'coupling_facility': kind 'etcd' needs 'endpoints:"},
        mistake{"etcd_endpoint", "coupling_facility: {kind: etcd, endpoints: [a]}\n",
                "h.yaml:1:45: endpoint of etcd: expected host:port, found 'a'"},
        mistake{"etcd_tls", "coupling_facility: {kind: etcd, endpoints: ['https://a:1']}\n",
                "h.yaml:1:20: 'coupling_facility': endpoint https://a:1 needs 'ca', 'cert'"},
        mistake{"etcd_key_alone",
                "coupling_facility: {kind: etcd, endpoints: ['a:1'], ca: /a, key: /b}\n",
                "h.yaml:1:20: 'coupling_facility': 'cert' and 'key' belong together"},
        mistake{"etcd_lock", "coupling_facility: {kind: etcd, endpoints: ['a:1'], lock: x}\n",
                "h.yaml:1:59: lock of the coupling facility: expected transaction or held"},
        mistake{"etcd_lease", "coupling_facility: {kind: etcd, endpoints: ['a:1'], lease: 1}\n",
                "h.yaml:1:60: lease of the coupling facility"},
        mistake{"unknown_kind", "coupling_facility: {kind: disk}\n",
                "h.yaml:1:27: coupling facility: unknown kind 'disk'"},
        mistake{"no_kind", "coupling_facility: {path: /a}\n",
                "h.yaml:1:20: 'coupling_facility': expected 'kind: shared-memory'"},
        mistake{"etcd_key_elsewhere", "coupling_facility: {kind: shared-memory, ca: /x}\n",
                "h.yaml:1:42: 'coupling_facility': 'ca' belongs to kind 'etcd'"},
        mistake{"relative_path", "coupling_facility: {kind: shared-memory, path: plex.cf}\n",
                "h.yaml:1:48: path of the coupling facility: expected an absolute path"},
        mistake{"relative_control", "control: tcpip1.sock\n",
                "h.yaml:1:10: 'control': expected an absolute path"},
        mistake{"unknown_xcf_key", "xcf: {dir: /a}\n",
                "h.yaml:1:7: 'xcf': unknown key 'dir'; expected "},
        mistake{"xcf_incomplete", "xcf: {listen: '10.9.0.1:4801', ca: /a, cert: /b}\n",
                "h.yaml:1:6: 'xcf': 'key' is missing; 'listen', 'ca', 'cert' and 'key' belong"},
        mistake{"xcf_both_ways",
                "xcf: {listen: '10.9.0.1:4801', ca: /a, cert: /b, key: /c,\n  directory: /d}\n",
                "h.yaml:2:3: 'xcf': 'directory' is for the stacks of one machine"},
        mistake{"xcf_no_address", "xcf: {listen: 'sys1:4801', ca: /a, cert: /b, key: /c}\n",
                "h.yaml:1:15: listen of 'xcf': expected ADDRESS:PORT or [ADDRESS]:PORT, found"},
        mistake{"xcf_any_address", "xcf: {listen: '0.0.0.0:4801', ca: /a, cert: /b, key: /c}\n",
                "h.yaml:1:15: listen of 'xcf': 0.0.0.0:4801 is no address that other systems"},
        mistake{"xcf_relative_file", "xcf: {listen: '10.9.0.1:4801', ca: a, cert: /b, key: /c}\n",
                "h.yaml:1:36: ca of 'xcf': expected an absolute path"},
        mistake{"operators_no_list", "operators: ops\n",
                "h.yaml:1:12: 'operators': expected a list"},
        mistake{"operator_number_too_big", "operators: [4294967295]\n",
                "h.yaml:1:13: 'operators': 4294967295 is no uid"},
        mistake{"operator_mapping", "operators: [{a: b}]\n",
                "h.yaml:1:13: 'operators': expected a uid or a user name, found a mapping"},
        mistake{"resources_no_mapping", "resources: [WEB]\n",
                "h.yaml:1:12: 'resources': expected a mapping"},
        mistake{"resource_name", "resources: {WEB.RES: []}\n",
                "h.yaml:1:13: 'resources': 'WEB.RES' is no resource name"},
        mistake{"resource_twice", "resources: {WEB: [], web: []}\n",
                "h.yaml:1:22: 'resources': WEB again"},
        mistake{"resource_no_list", "resources: {WEB: bob}\n",
                "h.yaml:1:18: resource WEB: expected a list of users and groups"},
        mistake{"resource_empty_group", "resources: {WEB: ['@']}\n",
                "h.yaml:1:19: resource WEB: expected a group's name after @"},
        mistake{"resource_number_too_big", "resources: {WEB: ['@4294967295']}\n",
                "h.yaml:1:19: resource WEB: no group has the number 4294967295"},
        mistake{"announce_no_list", "announce: eth0\n",
                "h.yaml:1:11: 'announce': expected a list of links: [eth0]"},
        mistake{"announce_no_link", "announce: [a/b]\n",
                "h.yaml:1:12: 'announce': 'a/b' cannot be the name of a link"},
        mistake{"announce_twice", "announce: [eth0, eth1, eth0]\n",
                "h.yaml:1:24: 'announce': eth0 again"},
        mistake{"interface_no_mapping", "interfaces: {OSA1: osa1}\n",
                "h.yaml:1:20: interface OSA1: expected a mapping"},
        mistake{"interface_unknown_key", "interfaces: {OSA1: {tum: osa1}}\n",
                "h.yaml:1:21: interface OSA1: unknown key 'tum'; did you mean 'tun'?"},
        mistake{"device_name", "interfaces: {OSA1: {tun: a/b}}\n",
                "h.yaml:1:26: tun of OSA1: 'a/b' cannot be the name"},
        mistake{"device_name_long", "interfaces: {A234567890123456: {mtu: 1500}}\n",
                "h.yaml:1:14: A234567890123456 without 'tun:'"},
        mistake{"device_twice", "interfaces: {A: {tun: x}, B: {tun: x}}\n",
                "h.yaml:1:36: tun of B: TUN device 'x' belongs to A already"},
        mistake{"interface_twice_folded", "interfaces: {a: {tun: x}, A: {tun: y}}\n",
                "h.yaml:1:27: 'interfaces': A again"},
        mistake{"mtu_small", "interfaces: {A: {mtu: 100}}\n",
                "h.yaml:1:23: mtu of A: expected a number from 576 to 65535"},
        mistake{"queues", "interfaces: {A: {queues: 2}}\n",
                "h.yaml:1:26: queues of A: more than one queue is not supported yet"},
        mistake{"kernel_address", "interfaces: {A: {kernel_address: 10.1.1.1/24}}\n",
                "h.yaml:1:34: kernel_address of A: expected an IP address"},
        mistake{"symbol_name", "symbols: {'&IP': 10.1.1.1}\n",
                "h.yaml:1:11: 'symbols': '&IP' is no symbol name"},
        mistake{"symbol_reserved", "symbols: {sysname: X}\n",
                "h.yaml:1:11: 'symbols': SYSNAME cannot be set here; it follows 'system:'"},
        mistake{"symbol_twice", "symbols: {ip: a, IP: b}\n", "h.yaml:1:18: 'symbols': IP again"},
        mistake{"symbol_lines", "symbols: {IP: \"a\\nb\"}\n",
                "h.yaml:1:15: symbol IP: expected one line"},
        mistake{"symbol_list", "symbols: {IP: [a]}\n", "h.yaml:1:15: symbol IP: expected a text"}),
    name_of);

TEST(host_settings, all_mistakes_are_reported_in_one_run_in_the_order_of_the_text) {
    auto const result = load("stack: 1\nmetrics: x\nxcfgrpid: 99\nwhat: 1\n", origin);
    ASSERT_FALSE(result);
    std::vector<std::size_t> lines;
    for (auto const& error : result.error())
        lines.push_back(error.line);
    EXPECT_EQ(lines, (std::vector<std::size_t>{1, 2, 3, 4}));
}

TEST(host_settings, xcf_over_a_network_is_taken_as_it_stands) {
    auto const result = load(
        "xcf: {listen: '[2001:db8::1]:4801', ca: /a.pem, cert: /b.pem, key: /c.pem}\n", origin);
    ASSERT_TRUE(result);
    ASSERT_TRUE(result->xcf.secure);
    EXPECT_EQ(result->xcf.secure->listen, "[2001:db8::1]:4801");
    EXPECT_EQ(result->xcf.secure->ca.path, "/a.pem");
    EXPECT_EQ(result->xcf.secure->certificate.path, "/b.pem");
    EXPECT_EQ(result->xcf.secure->key.path, "/c.pem");
}

TEST(host_settings, a_full_file_is_taken_as_it_stands) {
    auto const result = load(R"(stack: tcpip2
system: SYS2
sysplex: PLEX1
xcfgrpid: 7
symbols: {HOMEIP: 10.1.2.1, SYSCLONE: A2, EMPTY: ''}
interfaces:
  osa1: {tun: tun7, queues: 1, mtu: 9000, kernel_address: 10.1.2.254}
  OSA2: {}
coupling_facility: {kind: shared-memory, path: /run/tcpplex/p.cf, connections: 1024}
control: /run/tcpplex/two.sock
operators: [1000, ops]
resources: {web-res: [bob, "@web", 7, "@8"], ADM: []}
announce: [eth0, eth1.7]
xcf: {directory: /run/tcpplex/xcf}
)",
                             origin);
    ASSERT_TRUE(result) << errors_of(result);
    EXPECT_EQ(result->stack, "TCPIP2");
    EXPECT_EQ(result->xcfgrpid, 7);
    EXPECT_EQ(result->symbols, (std::map<std::string, std::string>{{"HOMEIP", "10.1.2.1"},
                                                                   {"SYSCLONE", "A2"},
                                                                   {"EMPTY", ""},
                                                                   {"SYSNAME", "SYS2"},
                                                                   {"SYSPLEX", "PLEX1"}}));
    ASSERT_EQ(result->interfaces.size(), 2U);
    EXPECT_EQ(result->interfaces[0].name, "OSA1");
    EXPECT_EQ(result->interfaces[0].tun, "tun7");
    EXPECT_EQ(result->interfaces[0].mtu, 9000);
    EXPECT_EQ(result->interfaces[0].kernel_address, stack::address::parse("10.1.2.254"));
    EXPECT_EQ(result->interfaces[1].tun, "osa2");
    EXPECT_EQ(result->coupling_facility.path, "/run/tcpplex/p.cf");
    EXPECT_EQ(result->coupling_facility.connections, 1024U);
    EXPECT_EQ(result->control, "/run/tcpplex/two.sock");
    EXPECT_EQ(result->xcf.directory, "/run/tcpplex/xcf");
    EXPECT_EQ(result->operators, (std::vector<account>{uid_t{1000}, std::string("ops")}));
    ASSERT_EQ(result->resources.size(), 2U);
    EXPECT_EQ(result->resources.at("WEB-RES").users,
              (std::vector<account>{std::string("bob"), uid_t{7}}));
    EXPECT_EQ(result->resources.at("WEB-RES").groups,
              (std::vector<account>{std::string("web"), uid_t{8}}));
    EXPECT_TRUE(result->resources.contains("ADM"));
    EXPECT_EQ(result->announce, (std::vector<std::string>{"eth0", "eth1.7"}));
}

TEST(host_settings, a_facility_on_etcd_has_a_group_of_keys) {
    auto const result = load(R"(
sysplex: plex1
xcfgrpid: 7
coupling_facility:
  kind: etcd
  endpoints: ["https://10.1.1.1:2379", "[fd00::1]:2379"]
  ca: /etc/ca.pem
  cert: /etc/cert.pem
  key: /etc/key.pem
  lock: held
  lease: 20
)",
                             origin);
    ASSERT_TRUE(result) << errors_of(result);
    auto const& facility = result->coupling_facility;
    EXPECT_EQ(facility.where, facility_settings::kind::etcd);
    EXPECT_TRUE(facility.path.empty());
    EXPECT_EQ(facility.etcd.group, "PLEX1-07");
    EXPECT_EQ(facility.etcd.where.endpoints.size(), 2U);
    EXPECT_EQ(facility.etcd.where.key, "/etc/key.pem");
    EXPECT_EQ(facility.etcd.lock, cf::etcd::locking::held);
    EXPECT_EQ(facility.etcd.lease, std::chrono::seconds(20));
    EXPECT_EQ(facility.etcd.keep_alive, std::chrono::seconds(2));
    EXPECT_EQ(facility.etcd.grace, std::chrono::seconds(6));
}

TEST(host_settings, without_a_file_profile_and_host_name_the_stack_and_the_system) {
    auto const result = defaults(origin);
    ASSERT_TRUE(result) << errors_of(result);
    EXPECT_EQ(result->stack, "TCPIP1");
    EXPECT_EQ(result->system, "SYS1");
    EXPECT_EQ(result->sysplex, "LOCAL");
    EXPECT_EQ(result->symbols.at("SYSCLONE"), "S1");
    EXPECT_EQ(result->control, "/run/tcpplex/TCPIP1.sock");
    EXPECT_EQ(result->coupling_facility.path, "/run/tcpplex/LOCAL.cf");
    EXPECT_EQ(result->coupling_facility.connections, 262144U);
    EXPECT_EQ(result->xcf.directory, "/run/tcpplex/LOCAL.xcf");
}

TEST(host_settings, an_empty_file_means_the_defaults) {
    for (std::string_view text : {"", "# nothing\n", "{}\n"}) {
        auto const result = load(text, origin);
        ASSERT_TRUE(result) << errors_of(result);
        EXPECT_EQ(result->stack, "TCPIP1");
    }
}

TEST(host_settings, groups_of_one_sysplex_have_facilities_of_their_own) {
    auto const result = load("sysplex: plex1\nxcfgrpid: 3\n", origin);
    ASSERT_TRUE(result) << errors_of(result);
    EXPECT_EQ(result->coupling_facility.path, "/run/tcpplex/PLEX1-03.cf");
    EXPECT_EQ(result->xcf.directory, "/run/tcpplex/PLEX1-03.xcf");
}

TEST(host_settings, the_group_of_the_profile_counts_unless_another_is_named) {
    settings_origin const of_group{"tcpip1.profile", "sys1", 7};
    auto const left_out = load("sysplex: PLEX1\n", of_group);
    ASSERT_TRUE(left_out) << errors_of(left_out);
    EXPECT_EQ(left_out->coupling_facility.path, "/run/tcpplex/PLEX1-07.cf");
    EXPECT_TRUE(load("sysplex: PLEX1\nxcfgrpid: 7\n", of_group));
    auto const other = load("sysplex: PLEX1\nxcfgrpid: 8\n", of_group);
    ASSERT_FALSE(other);
    EXPECT_NE(errors_of(other).find("XCFGRPID 7 of the profile and 'xcfgrpid: 8'"),
              std::string::npos);
}

TEST(host_settings, a_profile_whose_name_is_no_stack_name_needs_the_setting) {
    settings_origin const odd{"my-long-profile.conf", "sys1"};
    auto const without = defaults(odd);
    ASSERT_FALSE(without);
    EXPECT_NE(errors_of(without).find("set 'stack:' in the host settings"), std::string::npos);
    EXPECT_TRUE(load("stack: TCPIP1\n", odd));
}

TEST(host_settings, a_host_name_that_gives_no_system_name_needs_the_setting) {
    settings_origin const odd{"tcpip1.profile", "---"};
    ASSERT_FALSE(defaults(odd));
    EXPECT_NE(errors_of(defaults(odd)).find("set 'system:'"), std::string::npos);
}

TEST(host_settings, an_interface_the_file_does_not_name_has_a_device_of_its_name) {
    auto const settings = load("interfaces: {OSA1: {tun: osa2}}\n", origin);
    ASSERT_TRUE(settings) << errors_of(settings);
    EXPECT_EQ(device_behind(*settings, "OSA1")->tun, "osa2");
    EXPECT_EQ(device_behind(*settings, "LAN")->tun, "lan");
    EXPECT_FALSE(device_behind(*settings, "OSA2"));
    EXPECT_FALSE(device_behind(*settings, "A234567890123456"));
}

}  // namespace
}  // namespace tcpplexd
