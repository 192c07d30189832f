// Sockets bound to any address and port 0 where the sysplex has a pool for them.
#include "lab_nodes.hpp"
#include "stack/socket/port_source.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace stack {
namespace {

using namespace stack::testing;
using kind = event::kind;
namespace errc = boost::system::errc;

/// Nodes 0 and 1 have a pool of four ports, which node 2, a stack of the same sysplex, only knows
/// of; node 3 listens on port 7. Nodes 0 and 1 have 10.9.9.9, distributed and not shared.
class explicit_bind : public ::testing::Test {
  protected:
    explicit_bind() {
        for (int i = 0; i < 4; ++i)
            lab_.add();
        lab_.add_dvipa("10.9.9.9", 0, {1}, false, {8080});
        for (int i = 0; i < 3; ++i) {
            auto& c = n(i).config;
            c.explicit_bind = {40000, 40003, i != 2};
            c.tcp.first_ephemeral = 40000;
            c.tcp.last_ephemeral = 40007;
            c.tcp.time_wait = std::chrono::seconds(1);
        }
        lab_.start();
        auto const server = n(3).open("SERVER");
        n(3).it.bind(server, at("0.0.0.0", 7), lab_.now);
        n(3).it.listen(server, 100, lab_.now);
        lab_.settle();
    }
    node& n(int i) { return *lab_.nodes[static_cast<std::size_t>(i)]; }
    error_code bind(int i, socket_id s, endpoint const& where, bool v6_only = false) {
        n(i).it.bind(s, where, lab_.now, v6_only);
        return n(i).expect(kind::bound, s).error;
    }
    /// A socket bound to any address; its port.
    std::pair<socket_id, std::uint16_t> bound(int i, char const* any = "0.0.0.0") {
        auto const s = n(i).open();
        EXPECT_FALSE(bind(i, s, at(any, 0)));
        auto const tuple = n(i).it.tuple(s);
        return {s, tuple ? tuple->local.port : std::uint16_t{0}};
    }
    error_code connect(int i, socket_id s) {
        n(i).it.connect(s, at("10.0.0.4", 7), lab_.now);
        lab_.settle();
        return n(i).expect(kind::connected, s).error;
    }
    bool held(std::uint16_t port) const {
        return lab_.shared.held.contains({explicit_bind_pool, port});
    }

    lab lab_;
};

TEST_F(explicit_bind, two_stacks_get_distinct_ports_of_the_pool_until_it_is_exhausted) {
    std::set<std::uint16_t> ports;
    for (int i : {0, 1, 0, 1})
        ports.insert(bound(i).second);
    EXPECT_EQ(ports, (std::set<std::uint16_t>{40000, 40001, 40002, 40003}));
    auto const s = n(0).open();
    EXPECT_EQ(bind(0, s, at("0.0.0.0", 0)), errc::address_not_available);
    EXPECT_EQ(n(0).warnings, std::vector<address>{explicit_bind_pool});
    EXPECT_EQ(n(0).counter("port.pool_exhausted"), 1U);
    // It is not bound, and can be.
    EXPECT_FALSE(bind(0, s, at("0.0.0.0", 50000)));
}

TEST_F(explicit_bind, a_stack_without_it_takes_ephemeral_ports_but_none_of_the_pool) {
    for (int count = 0; count < 4; ++count)
        EXPECT_GE(bound(2).second, 40004);
    auto const s = n(2).open();
    EXPECT_EQ(bind(2, s, at("0.0.0.0", 0)), errc::address_not_available);
    EXPECT_TRUE(lab_.shared.held.empty());
}

TEST_F(explicit_bind, other_connections_never_have_a_port_of_the_pool) {
    for (int count = 0; count < 4; ++count) {
        auto const s = n(0).open();
        ASSERT_FALSE(connect(0, s));
        EXPECT_GE(n(0).it.tuple(s)->local.port, 40004);
    }
    auto const s = n(0).open();
    EXPECT_EQ(connect(0, s), errc::address_not_available);
}

TEST_F(explicit_bind, the_port_is_kept_for_any_source_until_time_wait_has_ended) {
    auto& c = n(1).config;
    c.sources = {{"*", {addr("10.0.0.4"), 32}, addr("10.9.9.9")}};
    n(1).configure();
    auto const [s, port] = bound(1);
    ASSERT_FALSE(connect(1, s));
    EXPECT_EQ(n(1).it.tuple(s)->local, (endpoint{addr("10.9.9.9"), port}));
    n(1).it.close(s, lab_.now);
    lab_.settle();
    EXPECT_TRUE(held(port));
    lab_.run(std::chrono::minutes(20));
    EXPECT_FALSE(held(port));
}

TEST_F(explicit_bind, a_closed_socket_gives_its_port_back) {
    for (char const* any : {"0.0.0.0", "::"}) {
        auto const [s, port] = bound(0, any);
        EXPECT_TRUE(held(port)) << any;
        n(0).it.close(s, lab_.now);
        EXPECT_FALSE(held(port)) << any;
    }
}

TEST_F(explicit_bind, a_listener_keeps_its_port) {
    auto const [s, port] = bound(0, "::");
    n(0).it.listen(s, 1, lab_.now);
    ASSERT_FALSE(n(0).expect(kind::listening, s).error);
    EXPECT_TRUE(held(port));
    n(0).it.close(s, lab_.now);
    EXPECT_FALSE(held(port));
}

TEST_F(explicit_bind, ports_reserved_distributed_or_bound_by_name_are_left_out) {
    n(0).config.ports = {{40000, true, "OTHER", {}, false}};
    n(0).config.dvipas.front().distributions.front().first_port = 40001;
    n(0).config.dvipas.front().distributions.front().last_port = 40001;
    n(0).configure();
    auto const named = n(0).open();
    ASSERT_FALSE(bind(0, named, at("10.0.0.1", 40002)));
    EXPECT_EQ(bound(0).second, 40003);
    EXPECT_EQ(bind(0, n(0).open(), at("0.0.0.0", 0)), errc::address_not_available);
    // Only this stack knows.
    EXPECT_EQ(bound(1).second, 40000);
}

TEST_F(explicit_bind, a_port_that_is_bound_by_name_while_it_is_granted_is_left_to_that_socket) {
    n(0).source.later = true;
    auto const s = n(0).open();
    n(0).it.bind(s, at("0.0.0.0", 0), lab_.now);
    auto const first = n(0).source.questions.front();
    n(0).source.questions.pop_front();
    auto const named = n(0).open();
    ASSERT_FALSE(bind(0, named, at("10.0.0.1", 40000)));
    n(0).it.port_resolved(first.ticket, n(0).source.answer(first), lab_.now);
    ASSERT_EQ(n(0).source.questions.size(), 1U);
    auto const second = n(0).source.questions.front();
    n(0).it.port_resolved(second.ticket, n(0).source.answer(second), lab_.now);
    ASSERT_FALSE(n(0).expect(kind::bound, s).error);
    EXPECT_EQ(n(0).it.tuple(s)->local.port, 40001);
    EXPECT_TRUE(held(40000));
    n(0).it.close(named, lab_.now);
    EXPECT_FALSE(held(40000));
}

TEST_F(explicit_bind, a_socket_closed_before_the_answer_gives_the_port_back) {
    n(0).source.later = true;
    auto const s = n(0).open();
    n(0).it.bind(s, at("0.0.0.0", 0), lab_.now);
    auto const asked = n(0).source.questions.front();
    n(0).it.close(s, lab_.now);
    n(0).it.port_resolved(asked.ticket, n(0).source.answer(asked), lab_.now);
    EXPECT_TRUE(lab_.shared.held.empty());
}

TEST_F(explicit_bind, another_range_is_for_new_sockets) {
    auto const [before, port] = bound(0);
    EXPECT_EQ(port, 40000);
    n(0).config.explicit_bind = {41000, 41001, true};
    n(0).configure();
    EXPECT_TRUE(held(port));
    EXPECT_EQ(bound(0).second, 41000);
    n(0).it.close(before, lab_.now);
    EXPECT_FALSE(held(port));
}

TEST_F(explicit_bind, without_it_from_here_on_what_was_granted_still_goes_back) {
    auto const [s, port] = bound(0);
    n(0).config.explicit_bind = {};
    n(0).configure();
    n(0).it.close(s, lab_.now);
    EXPECT_FALSE(held(port));
}

TEST_F(explicit_bind, adopted_are_ports_of_the_pool_that_are_in_use) {
    auto const named = n(0).open();
    ASSERT_FALSE(bind(0, named, at("10.0.0.1", 40002)));
    ASSERT_FALSE(bind(0, n(0).open(), at("0.0.0.0", 50000)));
    auto const uses = n(0).it.adopt(explicit_bind_pool);
    ASSERT_EQ(uses.size(), 1U);
    EXPECT_EQ(uses.front().port, 40002);
    EXPECT_FALSE(uses.front().service);
    n(0).source.calls.clear();
    n(0).it.close(named, lab_.now);
    EXPECT_EQ(n(0).source.calls, std::vector<std::string>{"release 40002"});
}

TEST_F(explicit_bind, a_fence_ends_sockets_that_have_a_port_alone) {
    auto const [connected, first] = bound(0);
    ASSERT_FALSE(connect(0, connected));
    auto const [idle, second] = bound(0);
    auto const named = n(0).open();
    ASSERT_FALSE(bind(0, named, at("0.0.0.0", 50000)));
    n(0).source.calls.clear();
    n(0).it.fence(explicit_bind_pool, lab_.now);
    EXPECT_EQ(n(0).expect(kind::failed, idle).error, errc::network_down);
    EXPECT_FALSE(n(0).has(kind::failed, connected));
    EXPECT_FALSE(n(0).has(kind::failed, named));
    n(0).it.close(idle, lab_.now);
    EXPECT_EQ(n(0).source.calls, std::vector<std::string>{});
    auto const uses = n(0).it.adopt(explicit_bind_pool);
    ASSERT_EQ(uses.size(), 1U);
    EXPECT_EQ(uses.front().port, first);
}

}  // namespace
}  // namespace stack
