// Connections from an address whose ports come from the port source.
#include "lab_nodes.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace stack {
namespace {

using namespace stack::testing;
using kind = event::kind;
namespace errc = boost::system::errc;

/// Node 0 owns 10.9.9.9, nodes 1 and 2 are targets, node 3 is a remote partner that listens on
/// port 7.
class shared_source : public ::testing::Test {
  protected:
    shared_source() {
        for (int i = 0; i < 4; ++i)
            lab_.add();
        lab_.add_dvipa("10.9.9.9", 0, {1, 2}, true, {8080});
        for (int i = 0; i < 3; ++i) {
            auto& c = n(i).config;
            c.ip.source_vipa = true;
            c.ip.tcp_stack_source_vipa = d;
            c.tcp.first_ephemeral = 40000;
            c.tcp.last_ephemeral = 40003;
        }
        lab_.start();
        server_ = n(3).open("SERVER");
        n(3).it.bind(server_, at("0.0.0.0", 7), lab_.now);
        n(3).it.listen(server_, 100, lab_.now);
        lab_.settle();
    }
    node& n(int i) { return *lab_.nodes[static_cast<std::size_t>(i)]; }
    socket_id connect(int i, endpoint const& to = at("10.0.0.4", 7)) {
        auto const s = n(i).open();
        n(i).it.connect(s, to, lab_.now);
        return s;
    }
    error_code bind(int i, socket_id s, endpoint const& where) {
        n(i).it.bind(s, where, lab_.now);
        return n(i).expect(kind::bound, s).error;
    }
    bool held(std::uint16_t port) { return lab_.shared.held.contains({d, port}); }

    address const d = addr("10.9.9.9");
    lab lab_;
    socket_id server_;
};

TEST_F(shared_source, replies_reach_the_stack_that_opened_the_connection_by_way_of_the_owner) {
    for (int i : {0, 1, 2}) {
        auto const s = connect(i);
        lab_.settle();
        ASSERT_FALSE(n(i).expect(kind::connected, s).error) << i;
        EXPECT_EQ(n(i).it.tuple(s)->local.host, d);
        auto const taken = n(3).it.accept(server_, 0).value();
        EXPECT_EQ(n(3).it.tuple(taken)->remote, n(i).it.tuple(s)->local);
    }
    EXPECT_EQ(lab_.shared.held.size(), 3U);
}

TEST_F(shared_source, the_owner_is_told_before_the_syn_leaves) {
    n(1).order.clear();
    connect(1);
    lab_.settle();
    ASSERT_GE(n(1).order.size(), 2U);
    EXPECT_EQ(n(1).order[0], "notify opened");
    EXPECT_EQ(n(1).order[1], "transmit");
}

TEST_F(shared_source, the_syn_waits_for_a_pending_port) {
    n(1).source.later = true;
    n(1).order.clear();
    auto const s = connect(1);
    lab_.settle();
    EXPECT_TRUE(n(1).order.empty());
    auto const q = n(1).source.questions.front();
    n(1).it.port_resolved(q.ticket, n(1).source.answer(q), lab_.now);
    lab_.settle();
    EXPECT_FALSE(n(1).expect(kind::connected, s).error);
}

TEST_F(shared_source, without_a_port_the_address_is_not_available) {
    for (int i = 0; i < 4; ++i)
        connect(i % 3);
    auto const s = connect(1);
    EXPECT_EQ(n(1).expect(kind::connected, s).error,
              errc::make_error_code(errc::address_not_available));
    n(2).source.away = true;
    auto const t = connect(2);
    EXPECT_EQ(n(2).expect(kind::connected, t).error,
              errc::make_error_code(errc::address_not_available));
    EXPECT_EQ(lab_.shared.held.size(), 4U);
}

TEST_F(shared_source, a_socket_closed_while_it_waits_gives_its_port_back) {
    n(1).source.later = true;
    auto const s = connect(1);
    n(1).it.close(s, lab_.now);
    auto const q = n(1).source.questions.front();
    auto const reply = n(1).source.answer(q);
    EXPECT_EQ(lab_.shared.held.size(), 1U);
    n(1).it.port_resolved(q.ticket, reply, lab_.now);
    EXPECT_TRUE(lab_.shared.held.empty());
    n(1).it.port_resolved(q.ticket, reply, lab_.now);
    EXPECT_EQ(std::count(n(1).source.calls.begin(), n(1).source.calls.end(), "release 40000"), 1);
}

TEST_F(shared_source, the_port_is_released_once_and_only_after_time_wait) {
    auto const s = connect(1);
    lab_.settle();
    auto const taken = n(3).it.accept(server_, 0).value();
    n(1).it.close(s, lab_.now);
    lab_.settle();
    n(3).it.close(taken, lab_.now);
    lab_.settle();
    EXPECT_TRUE(held(40000)) << "TIME-WAIT";
    lab_.run(std::chrono::minutes(3));
    EXPECT_FALSE(held(40000));
    EXPECT_EQ(std::count(n(1).source.calls.begin(), n(1).source.calls.end(), "release 40000"), 1);
}

TEST_F(shared_source, a_refused_connect_releases_its_port) {
    auto const s = connect(1, at("10.0.0.4", 9));
    lab_.settle();
    EXPECT_EQ(n(1).expect(kind::connected, s).error,
              errc::make_error_code(errc::connection_refused));
    EXPECT_FALSE(held(40000));
}

TEST_F(shared_source, a_connect_without_a_way_asks_for_no_port) {
    n(1).config.routes.clear();
    n(1).configure();
    n(1).source.calls.clear();
    connect(1);
    EXPECT_TRUE(n(1).source.calls.empty());
}

TEST_F(shared_source, from_a_physical_address_no_port_is_asked_for) {
    auto const s = n(1).open();
    EXPECT_FALSE(bind(1, s, at("10.0.0.2", 0)));
    n(1).it.connect(s, at("10.0.0.4", 7), lab_.now);
    lab_.settle();
    EXPECT_FALSE(n(1).expect(kind::connected, s).error);
    EXPECT_TRUE(n(1).source.calls.empty());
}

// Claims 35 and 36.
TEST_F(shared_source, a_bind_to_a_port_held_elsewhere_is_refused_and_changes_nothing) {
    EXPECT_FALSE(bind(1, n(1).open(), at("10.9.9.9", 40001)));
    EXPECT_TRUE(held(40001));
    EXPECT_EQ(bind(2, n(2).open(), at("10.9.9.9", 40001)),
              errc::make_error_code(errc::address_in_use));
    EXPECT_EQ(lab_.shared.held.at({d, 40001}), std::set<int>{1});
    EXPECT_TRUE(n(2).it.ports_in_use(d).empty());
}

TEST_F(shared_source, a_bound_socket_connects_from_its_port_and_both_hold_it) {
    auto const s = n(1).open();
    EXPECT_FALSE(bind(1, s, at("10.9.9.9", 40002)));
    n(1).source.calls.clear();
    n(1).it.connect(s, at("10.0.0.4", 7), lab_.now);
    lab_.settle();
    EXPECT_FALSE(n(1).expect(kind::connected, s).error);
    EXPECT_TRUE(n(1).source.calls.empty());
    EXPECT_EQ(n(1).it.tuple(s)->local.port, 40002);
    n(1).it.close(s, lab_.now);
    lab_.settle();
    EXPECT_TRUE(held(40002)) << "the connection lives on";
    n(3).it.close(n(3).it.accept(server_, 0).value(), lab_.now);
    lab_.run(std::chrono::minutes(3));
    EXPECT_FALSE(held(40002));
}

TEST_F(shared_source, a_bound_socket_that_fails_to_connect_keeps_its_port_until_closed) {
    auto const s = n(1).open();
    EXPECT_FALSE(bind(1, s, at("10.9.9.9", 40002)));
    n(1).it.connect(s, at("10.0.0.4", 9), lab_.now);
    lab_.settle();
    EXPECT_TRUE(n(1).expect(kind::connected, s).error);
    EXPECT_TRUE(held(40002));
    n(1).it.close(s, lab_.now);
    EXPECT_FALSE(held(40002));
}

TEST_F(shared_source, a_bind_without_a_port_gets_one_and_gives_it_back) {
    auto const s = n(1).open();
    EXPECT_FALSE(bind(1, s, at("10.9.9.9", 0)));
    EXPECT_TRUE(held(40000));
    n(1).it.close(s, lab_.now);
    EXPECT_FALSE(held(40000));
}

// X19.
TEST_F(shared_source,
       a_socket_bound_to_any_address_claims_its_port_when_it_connects_from_the_dvipa) {
    for (int i : {1, 2}) {
        n(i).config.routes.clear();
        n(i).config.interfaces[1].host = d;  // the outgoing interface's rule selects the DVIPA
        n(i).config.routes = {{{addr("0.0.0.0"), 0}, {}, 1, 0}};
        n(i).configure();
    }
    auto const first = n(1).open();
    EXPECT_FALSE(bind(1, first, at("0.0.0.0", 40001)));
    EXPECT_FALSE(held(40001));
    n(1).it.connect(first, at("10.0.0.4", 7), lab_.now);
    EXPECT_TRUE(held(40001));
    auto const second = n(2).open();
    EXPECT_FALSE(bind(2, second, at("0.0.0.0", 40001)));
    n(2).it.connect(second, at("10.0.0.4", 7), lab_.now);
    EXPECT_EQ(n(2).expect(kind::connected, second).error,
              errc::make_error_code(errc::address_not_available));
    EXPECT_EQ(lab_.shared.held.at({d, 40001}), std::set<int>{1});
}

// X20.
TEST_F(shared_source, a_service_port_is_never_a_source_port) {
    auto const s = n(0).open();
    EXPECT_FALSE(bind(0, s, at("0.0.0.0", 40002)));
    n(0).it.listen(s, 5, lab_.now);
    EXPECT_FALSE(n(0).expect(kind::listening, s).error);
    for (int i = 0; i < 3; ++i)
        connect(i);
    connect(1);
    EXPECT_FALSE(held(40002));
    EXPECT_EQ(lab_.shared.held.size(), 3U);
    n(0).it.close(s, lab_.now);
    EXPECT_TRUE(lab_.shared.served.empty());
}

TEST_F(shared_source, a_listen_on_a_source_port_of_another_stack_is_refused) {
    EXPECT_FALSE(bind(1, n(1).open(), at("10.9.9.9", 40001)));
    auto const s = n(2).open();
    EXPECT_FALSE(bind(2, s, at("0.0.0.0", 40001)));
    n(2).it.listen(s, 5, lab_.now);
    EXPECT_EQ(n(2).expect(kind::listening, s).error, errc::make_error_code(errc::address_in_use));
}

TEST_F(shared_source, every_stack_may_bind_and_serve_a_service_port) {
    for (std::uint16_t port : {std::uint16_t{8080}, std::uint16_t{9090}}) {
        for (int i : {0, 1, 2}) {
            auto const s = n(i).open();
            EXPECT_FALSE(bind(i, s, {d, port})) << i << " " << port;
            n(i).it.listen(s, 5, lab_.now);
            EXPECT_FALSE(n(i).expect(kind::listening, s).error);
        }
        EXPECT_EQ(lab_.shared.served.at({d, port}).size(), 3U);
        EXPECT_FALSE(held(port));
    }
}

TEST_F(shared_source, a_service_lasts_as_long_as_the_connections_it_took) {
    auto const s = n(0).open();
    EXPECT_FALSE(bind(0, s, at("10.9.9.9", 9000)));
    n(0).it.listen(s, 5, lab_.now);
    auto const client = n(3).open();
    n(3).it.connect(client, at("10.9.9.9", 9000), lab_.now);
    lab_.settle();
    auto const taken = n(0).it.accept(s, 0).value();
    n(0).it.close(s, lab_.now);
    EXPECT_TRUE(lab_.shared.served.contains({d, 9000}));
    n(0).it.abort(taken, lab_.now);
    EXPECT_FALSE(lab_.shared.served.contains({d, 9000}));
}

TEST_F(shared_source, an_inactive_tcpstacksourcevipa_is_warned_of_every_five_minutes) {
    n(1).config.ip.tcp_stack_source_vipa = addr("10.9.9.10");
    n(1).configure();
    for (int i = 0; i < 3; ++i)
        connect(1);
    EXPECT_EQ(n(1).warnings, std::vector{addr("10.9.9.10")});
    EXPECT_EQ(n(1).counter("source.named_inactive"), 3U);
    lab_.now += std::chrono::minutes(5);
    connect(1);
    EXPECT_EQ(n(1).warnings.size(), 2U);
}

TEST_F(shared_source, a_reserved_port_is_for_its_job_and_never_picked) {
    n(1).config.ports = {
        {21, true, "WEB", addr("10.0.0.2")}, {40000, true, "WEB*", {}}, {40001, true, "*", {}}};
    n(1).configure();
    EXPECT_EQ(bind(1, n(1).open("JOB"), at("10.9.9.9", 40000)),
              errc::make_error_code(errc::permission_denied));
    EXPECT_FALSE(bind(1, n(1).open("WEB2"), at("10.0.0.2", 40000)));
    EXPECT_FALSE(bind(1, n(1).open("JOB"), at("10.0.0.2", 40001)));
    auto const ftp = n(1).open("WEB");
    EXPECT_FALSE(bind(1, ftp, at("0.0.0.0", 21)));
    EXPECT_EQ(n(1).it.tuple(ftp)->local.host, addr("10.0.0.2"));
    auto const s = connect(1);
    lab_.settle();
    EXPECT_EQ(n(1).it.tuple(s)->local.port, 40002);
}

// Claim 22.
TEST_F(shared_source, adoption_finds_connections_time_wait_sockets_and_listeners) {
    for (int i = 0; i < 3; ++i) {
        n(i).config.dvipas[0].shared = false;
        n(i).configure();
    }
    auto const live = connect(1);
    auto const dying = connect(1);
    lab_.settle();
    n(1).it.close(dying, lab_.now);
    lab_.settle();
    while (auto const taken = n(3).it.accept(server_, 0))
        n(3).it.shutdown_send(*taken, lab_.now);
    lab_.settle();
    EXPECT_FALSE(bind(1, n(1).open(), at("10.9.9.9", 50000)));
    auto const any = n(1).open();
    EXPECT_FALSE(bind(1, any, at("0.0.0.0", 60000)));
    n(1).it.listen(any, 5, lab_.now);
    EXPECT_TRUE(n(1).source.calls.empty());

    n(1).config.dvipas[0].shared = true;
    n(1).configure();
    auto uses = n(1).it.adopt(d);
    std::sort(uses.begin(), uses.end(),
              [](auto const& x, auto const& y) { return x.port < y.port; });
    ASSERT_EQ(uses.size(), 4U);
    EXPECT_FALSE(uses[0].service || uses[1].service || uses[2].service);
    EXPECT_EQ(uses[2].port, 50000);
    EXPECT_TRUE(uses[3].service);
    EXPECT_EQ(uses[3].port, 60000);
    EXPECT_TRUE(n(1).source.calls.empty()) << "the daemon reports them";

    lab_.run(std::chrono::minutes(3));
    n(1).it.close(any, lab_.now);
    n(1).it.abort(live, lab_.now);
    auto calls = n(1).source.calls;
    std::sort(calls.begin(), calls.end());
    EXPECT_EQ(calls, (std::vector<std::string>{"release " + std::to_string(uses[0].port),
                                               "release " + std::to_string(uses[1].port),
                                               "unserve 60000"}));
}

TEST_F(shared_source, disowned_ports_are_not_released) {
    connect(1);
    n(1).it.disown(d);
    n(1).source.calls.clear();
    lab_.run(std::chrono::minutes(5));
    EXPECT_TRUE(n(1).source.calls.empty());
}

TEST_F(shared_source, a_listener_on_any_address_serves_a_shared_dvipa_that_comes_later) {
    auto const s = n(3).open();
    EXPECT_FALSE(bind(3, s, at("0.0.0.0", 9000)));
    n(3).it.listen(s, 5, lab_.now);
    EXPECT_TRUE(n(3).source.calls.empty());
    n(3).config.dvipas = n(1).config.dvipas;
    n(3).configure();
    EXPECT_TRUE(lab_.shared.served.contains({d, 9000}));
    EXPECT_NE(std::find(n(3).order.begin(), n(3).order.end(), "notify listening"),
              n(3).order.end());
}

}  // namespace
}  // namespace stack
