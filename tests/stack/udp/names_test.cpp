// Who gets which name, and whose a datagram then is.
#include "udp_shard.hpp"

namespace stack {
namespace {

using namespace stack::testing;
namespace errc = boost::system::errc;

class udp_names : public udp_shard {};

TEST_F(udp_names, a_port_is_of_one_socket) {
    bound({us, 53});
    auto const s = it().open("JOB", 1);
    EXPECT_EQ(it().bind(s, {us, 53}), errc::address_in_use);
    EXPECT_EQ(it().bind(s, {{}, 53}), errc::address_in_use);
    EXPECT_EQ(it().bind(s, {us, 53}, {.reuse = true}), errc::address_in_use)
        << "the other does not share";
    EXPECT_FALSE(it().bind(s, {us6, 53}));
    EXPECT_EQ(it().bind(s, {us6, 54}), errc::invalid_argument);
}

TEST_F(udp_names, closing_frees_the_port) {
    auto const s = bound({{}, 53});
    it().close(s);
    EXPECT_EQ(it().bind(s, {us, 53}), errc::bad_file_descriptor);
    bound({us, 53});
}

TEST_F(udp_names, sockets_that_share_a_port_differ_in_their_names) {
    bound({{}, 53}, true);
    bound({us, 53}, true);
    auto const s = it().open("JOB", 1);
    EXPECT_EQ(it().bind(s, {us, 53}, {.reuse = true}), errc::address_in_use);
    EXPECT_EQ(it().bind(s, {us6, 53}), errc::address_in_use);
    EXPECT_FALSE(it().bind(s, {us6, 53}, {.reuse = true}));
}

TEST_F(udp_names, any_address_is_of_one_family_or_of_both) {
    struct row {
        address host;
        bool v6_only;
        bool v4, v6;  // what comes to it
    };
    std::vector<row> const names{
        {address::any_v4(), false, true, false}, {{}, true, false, true}, {{}, false, true, true}};
    for (auto const& one : names) {
        auto const s = it().open("JOB", 1);
        ASSERT_FALSE(it().bind(s, {one.host, 53}, {.v6_only = one.v6_only}));
        receive(peer, {us, 53}, "v4");
        receive(peer6, {us6, 53}, "v6");
        EXPECT_EQ(take(s), one.v4 ? "v4" : "v6");
        if (one.v4 && one.v6) {
            EXPECT_EQ(take(s), "v6");
        }
        EXPECT_EQ(take(s), "-");
        auto const family = errc::make_error_code(errc::address_family_not_supported);
        EXPECT_EQ(send(s, peer, pattern(1)), one.v4 ? error_code{} : family);
        EXPECT_EQ(send(s, peer6, pattern(1)), one.v6 ? error_code{} : family);
        for (auto const& two : names) {
            auto const other = it().open("JOB", 1);
            bool const meet = (one.v4 && two.v4) || (one.v6 && two.v6);
            EXPECT_EQ(!it().bind(other, {two.host, 53}, {.v6_only = two.v6_only}), !meet);
            it().close(other);
        }
        it().close(s);
    }
}

TEST_F(udp_names, only_addresses_of_the_stack_can_be_bound) {
    auto const s = it().open("JOB", 1);
    EXPECT_EQ(it().bind(s, {addr("10.0.0.77"), 53}), errc::address_not_available);
}

TEST_F(udp_names, port_statements_of_udp_say_who_may_bind) {
    n().config.ports = {{53, false, "NAMED*", {}}, {54, true, "OTHER", {}}};
    n().config.udp.restrict_low_ports = true;
    n().configure();
    auto const s = it().open("JOB", 1);
    EXPECT_EQ(it().bind(s, {us, 53}), errc::permission_denied);
    EXPECT_EQ(it().bind(s, {us, 54}), errc::permission_denied) << "no reservation of UDP";
    EXPECT_FALSE(it().bind(it().open("NAMED1", 1), {us, 53}));
    EXPECT_FALSE(it().bind(s, {us, 1024}));
}

TEST_F(udp_names, port_0_is_one_of_the_ephemeral_ports_that_is_free) {
    n().config.udp.first_ephemeral = 40000;
    n().config.udp.last_ephemeral = 40002;
    n().config.ports = {{40001, false, "OTHER", {}}};
    n().configure();
    std::set<std::uint16_t> ports;
    for (int i = 0; i < 2; ++i)
        ports.insert(it().name(bound({}))->local.port);
    EXPECT_EQ(ports, (std::set<std::uint16_t>{40000, 40002}));
    EXPECT_EQ(it().bind(it().open("JOB", 1), {}), errc::address_not_available);
}

TEST_F(udp_names, the_most_specific_name_gets_the_datagram) {
    auto const any = bound({{}, 53}, true);
    auto const one = bound({us, 53}, true);
    auto const connected = it().open("JOB", 1);
    ASSERT_FALSE(it().bind(connected, {us6, 53}, {.reuse = true}));
    ASSERT_FALSE(it().connect(connected, peer6));
    receive(peer6, {us6, 53}, "connected");
    receive({peer6.host, 5001}, {us6, 53}, "any");
    receive(peer, {us, 53}, "one");
    EXPECT_EQ(take(any), "any");
    EXPECT_EQ(take(one), "one");
    EXPECT_EQ(take(connected), "connected");
    EXPECT_EQ(take(connected), "-") << "from its peer alone";
}

TEST_F(udp_names, connecting_fixes_the_local_address_and_disconnecting_frees_it) {
    auto const s = it().open("JOB", 1);
    EXPECT_FALSE(it().name(s));
    ASSERT_FALSE(it().connect(s, peer));
    auto const name = *it().name(s);
    EXPECT_EQ(name.local.host, us);
    EXPECT_EQ(name.remote, peer);
    ASSERT_FALSE(it().connect(s, {peer.host, 6000})) << "another peer";
    EXPECT_EQ(it().name(s)->remote.port, 6000);
    ASSERT_FALSE(it().disconnect(s));
    EXPECT_EQ(*it().name(s), (four_tuple{{address::any_v4(), name.local.port}, {}}));
    receive(peer, {us, name.local.port}, "text");
    EXPECT_EQ(take(s), "text");
}

TEST_F(udp_names, two_sockets_are_not_the_same_end_of_one_connection) {
    auto const first = bound({us, 53}, true);
    ASSERT_FALSE(it().connect(first, peer));
    auto const second = bound({us, 53}, true);
    EXPECT_EQ(it().connect(second, peer), errc::address_in_use);
    EXPECT_EQ(it().disconnect(first), errc::address_in_use);
    EXPECT_FALSE(it().connect(second, {peer.host, 6000}));
}

TEST_F(udp_names, destinations_that_can_not_be_are_refused) {
    auto const s = bound({us, 53});
    EXPECT_EQ(it().connect(s, {peer.host, 0}), errc::invalid_argument);
    EXPECT_EQ(it().connect(s, {{}, 53}), errc::invalid_argument);
    EXPECT_EQ(it().connect(s, at("255.255.255.255", 53)), errc::permission_denied);
    EXPECT_EQ(it().connect(s, at("224.0.0.1", 53)), errc::network_unreachable);
    EXPECT_EQ(it().connect(s, peer6), errc::address_family_not_supported);
    EXPECT_EQ(it().connect(it().open("JOB", 1), at("2001:db8:9::1", 53)),
              errc::network_unreachable);
}

TEST_F(udp_names, sockets_of_an_address_that_goes_end_with_it) {
    auto const s = bound({us, 53});
    auto const any = bound({{}, 54});
    n().config.interfaces[1].host = addr("10.0.0.2");
    n().configure();
    EXPECT_EQ(it().events().size(), 1U);
    EXPECT_EQ(it().take_error(s), errc::network_down);
    EXPECT_EQ(send(s, peer, pattern(1)), errc::network_down);
    EXPECT_FALSE(send(any, peer, pattern(1)));
}

TEST_F(udp_names, a_fenced_address_is_silent) {
    auto const s = bound({us, 53});
    ASSERT_FALSE(it().connect(s, peer));
    n().it.fence(us, lab_.now);
    EXPECT_EQ(send(s, {}, pattern(1)), errc::network_down);
    EXPECT_EQ(send(s, {}, pattern(1)), errc::network_down);
    EXPECT_TRUE(n().sent.empty());
}

TEST_F(udp_names, displays_show_sockets_that_have_names) {
    it().open("JOB", 1);
    auto const s = bound({us, 53});
    receive(peer, {us, 53}, "text");
    ASSERT_FALSE(send(s, peer, pattern(100)));
    std::size_t rows = 0;
    it().each([&](udp::socket_info const& row) {
        ++rows;
        EXPECT_EQ(row.job, "JOB");
        EXPECT_EQ(row.name.local, (endpoint{us, 53}));
        EXPECT_EQ(row.count.datagrams_in, 1U);
        EXPECT_EQ(row.count.bytes_in, 4U);
        EXPECT_EQ(row.count.datagrams_out, 1U);
        EXPECT_EQ(row.count.bytes_out, 100U);
        EXPECT_EQ(row.queued, 1U);
    });
    EXPECT_EQ(rows, 1U);
}

}  // namespace
}  // namespace stack
