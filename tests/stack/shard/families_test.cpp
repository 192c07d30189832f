// TCP sockets of any address: of IPv4, of IPv6, or of both (IPV6_V6ONLY, RFC 3493 5.3).
#include "lab_nodes.hpp"

#include <gtest/gtest.h>

#include <array>

namespace stack {
namespace {

using namespace stack::testing;
using kind = event::kind;
namespace errc = boost::system::errc;

struct family_row {
    address host;
    bool v6_only;
    bool v4, v6;  ///< what it takes
};
std::array<family_row, 3> const names{
    {{address::any_v4(), false, true, false}, {{}, true, false, true}, {{}, false, true, true}}};

/// Two stacks with both families: 10.0.0.1 and .2, 2001:db8::1 and ::2.
class families : public ::testing::Test {
  protected:
    families() {
        for (int i = 0; i < 2; ++i) {
            auto& c = lab_.add().config;
            c.interfaces.push_back({"OSA6",
                                    interface_settings::kind::device,
                                    addr(i == 0 ? "2001:db8::1" : "2001:db8::2"),
                                    64,
                                    1500,
                                    true,
                                    {}});
            c.routes.push_back({{addr("2001:db8::"), 64}, {}, 1, 0});
        }
        lab_.start();
    }
    node& server() { return *lab_.nodes[0]; }
    node& client() { return *lab_.nodes[1]; }
    static address of_server(bool v4) { return addr(v4 ? "10.0.0.1" : "2001:db8::1"); }

    error_code bind(socket_id s, endpoint const& local, bool v6_only = false) {
        server().it.bind(s, local, lab_.now, v6_only);
        return server().expect(kind::bound, s).error;
    }
    error_code connect(node& from, socket_id s, endpoint const& to) {
        from.it.connect(s, to, lab_.now);
        lab_.settle();
        return from.expect(kind::connected, s).error;
    }

    lab lab_;
};

TEST_F(families, a_listener_takes_connections_of_its_families) {
    for (auto const& row : names) {
        auto const s = server().open();
        ASSERT_FALSE(bind(s, {row.host, 80}, row.v6_only));
        server().it.listen(s, 8, lab_.now);
        ASSERT_FALSE(server().expect(kind::listening, s).error);
        for (bool const v4 : {true, false})
            EXPECT_EQ(connect(client(), client().open(), {of_server(v4), 80}),
                      (v4 ? row.v4 : row.v6) ? error_code{}
                                             : errc::make_error_code(errc::connection_refused))
                << row.host.to_string() << row.v6_only << v4;
        server().it.close(s, lab_.now);
    }
}

TEST_F(families, names_meet_where_they_share_a_family) {
    for (auto const& one : names)
        for (auto const& two : names) {
            auto const first = server().open();
            auto const second = server().open();
            ASSERT_FALSE(bind(first, {one.host, 80}, one.v6_only));
            bool const meet = (one.v4 && two.v4) || (one.v6 && two.v6);
            EXPECT_EQ(bind(second, {two.host, 80}, two.v6_only),
                      meet ? errc::make_error_code(errc::address_in_use) : error_code{});
            server().it.close(first, lab_.now);
            server().it.close(second, lab_.now);
        }
}

TEST_F(families, an_address_meets_any_address_of_its_family) {
    for (auto const& row : names)
        for (bool const v4 : {true, false}) {
            auto const any = server().open();
            auto const one = server().open();
            ASSERT_FALSE(bind(any, {row.host, 80}, row.v6_only));
            auto const taken =
                (v4 ? row.v4 : row.v6) ? errc::make_error_code(errc::address_in_use) : error_code{};
            EXPECT_EQ(bind(one, {of_server(v4), 80}), taken);
            server().it.close(any, lab_.now);
            server().it.close(one, lab_.now);
            // And the other way round.
            auto const first = server().open();
            auto const second = server().open();
            ASSERT_FALSE(bind(first, {of_server(v4), 80}));
            EXPECT_EQ(bind(second, {row.host, 80}, row.v6_only), taken);
            server().it.close(first, lab_.now);
            server().it.close(second, lab_.now);
        }
}

TEST_F(families, a_bound_socket_connects_within_its_families) {
    for (bool const v4 : {true, false}) {
        endpoint const to{v4 ? addr("10.0.0.2") : addr("2001:db8::2"), 80};
        auto const listener = client().open();
        client().it.bind(listener, to, lab_.now);
        client().it.listen(listener, 8, lab_.now);
        for (auto const& row : names) {
            auto const s = server().open();
            ASSERT_FALSE(bind(s, {row.host, 0}, row.v6_only));
            EXPECT_EQ(connect(server(), s, to),
                      (v4 ? row.v4 : row.v6)
                          ? error_code{}
                          : errc::make_error_code(errc::address_family_not_supported));
            server().it.close(s, lab_.now);
        }
    }
}

TEST_F(families, port_bind_gives_an_address_of_the_family_alone) {
    server().config.ports = {{80, true, "JOB", of_server(true)}};
    server().configure();
    auto const v6 = server().open("JOB");
    ASSERT_FALSE(bind(v6, {{}, 80}, true));
    EXPECT_EQ(server().it.tuple(v6)->local.host, address());
    auto const any = server().open("JOB");
    ASSERT_FALSE(bind(any, {address::any_v4(), 80}));
    EXPECT_EQ(server().it.tuple(any)->local.host, of_server(true));
}

}  // namespace
}  // namespace stack
