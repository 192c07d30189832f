// A stack that may not use a shared address any more ends all it has there, in silence.
#include "lab_nodes.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace stack {
namespace {

using namespace stack::testing;
using kind = event::kind;
namespace errc = boost::system::errc;

/// Node 0 owns 10.9.9.9, node 1 is a target, node 2 a partner that listens on port 7.
class fencing : public ::testing::Test {
  protected:
    fencing() {
        for (int i = 0; i < 3; ++i)
            lab_.add();
        lab_.add_dvipa("10.9.9.9", 0, {1}, true, {8080});
        for (int i = 0; i < 2; ++i) {
            n(i).config.ip.source_vipa = true;
            n(i).config.ip.tcp_stack_source_vipa = d;
        }
        lab_.start();
        server_ = listen(2, at("0.0.0.0", 7));
    }
    node& n(int i) { return *lab_.nodes[static_cast<std::size_t>(i)]; }
    socket_id listen(int i, endpoint const& where) {
        auto const s = n(i).open("SERVER");
        n(i).it.bind(s, where, lab_.now);
        n(i).it.listen(s, 100, lab_.now);
        lab_.settle();
        return s;
    }
    socket_id connect(int i, endpoint const& from = {}) {
        auto const s = n(i).open();
        if (from.port != 0 || !from.host.is_unspecified()) n(i).it.bind(s, from, lab_.now);
        n(i).it.connect(s, at("10.0.0.3", 7), lab_.now);
        lab_.settle();
        EXPECT_FALSE(n(i).expect(kind::connected, s).error);
        return s;
    }
    void fence(int i) {
        n(i).sent.clear();
        n(i).source.calls.clear();
        n(i).it.fence(d, lab_.now);
        lab_.settle();
    }
    std::size_t at_shared_address(int i) {
        std::size_t count = 0;
        n(i).it.each_connection([&](connection_info const& each) {
            count += each.tuple.local.host == d && each.state != tcp::state::listen ? 1U : 0U;
        });
        return count;
    }

    address const d = addr("10.9.9.9");
    error_code const network_down = errc::make_error_code(errc::network_down);
    lab lab_;
    socket_id server_;
};

TEST_F(fencing, ends_connections_without_a_packet_and_tells_their_users) {
    auto const s = connect(1);
    auto const other = connect(1, at("10.0.0.2", 0));
    fence(1);
    EXPECT_EQ(n(1).expect(kind::failed, s).error, network_down);
    EXPECT_TRUE(n(1).sent.empty());
    EXPECT_EQ(at_shared_address(1), 0U);
    EXPECT_FALSE(n(1).has(kind::failed, other)) << "not from the shared address";
}

TEST_F(fencing, ends_what_has_no_user_any_more) {
    auto const s = connect(1);
    auto const taken = n(2).it.accept(server_, 0).value();
    n(1).it.close(s, lab_.now);
    lab_.settle();
    n(2).it.close(taken, lab_.now);
    lab_.settle();
    ASSERT_EQ(at_shared_address(1), 1U) << "TIME-WAIT";
    fence(1);
    EXPECT_EQ(at_shared_address(1), 0U);
}

TEST_F(fencing, ends_bound_sockets_and_forgets_their_ports_without_giving_them_back) {
    auto const s = n(1).open();
    n(1).it.bind(s, {d, 50000}, lab_.now);
    ASSERT_FALSE(n(1).expect(kind::bound, s).error);
    connect(1);
    fence(1);
    EXPECT_EQ(n(1).expect(kind::failed, s).error, network_down);
    n(1).it.close(s, lab_.now);
    lab_.settle();
    EXPECT_EQ(n(1).source.calls, std::vector<std::string>{});
    EXPECT_TRUE(n(1).it.ports_in_use(d).empty());
}

TEST_F(fencing, leaves_listeners_which_are_adopted_again) {
    listen(1, {d, 8080});
    fence(1);
    auto const uses = n(1).it.adopt(d);
    ASSERT_EQ(uses.size(), 1U);
    EXPECT_EQ(uses.front().port, 8080);
    EXPECT_TRUE(uses.front().service);
}

}  // namespace
}  // namespace stack
