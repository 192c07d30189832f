// PORT UNRSV: who may use ports that are not reserved.
#include "lab_nodes.hpp"

#include <gtest/gtest.h>

namespace stack {
namespace {

using namespace stack::testing;
using kind = event::kind;
using check = unreserved_rule::check;
namespace errc = boost::system::errc;

class unreserved : public ::testing::Test {
  protected:
    unreserved() {
        lab_.add().config.ports = {{80, false, "DNS", {}}, {80, true, "WEB*", {}}};
        lab_.start();
    }
    node& a() { return *lab_.nodes.front(); }
    void guard(std::vector<unreserved_rule> rules) {
        a().config.unreserved = std::move(rules);
        a().configure();
    }
    error_code bind(char const* job, std::uint16_t port, port_origin by = port_origin::user) {
        socket_ = a().open(job);
        a().it.bind(socket_, at("10.0.0.1", port), lab_.now, false, by);
        auto const error = a().expect(kind::bound, socket_).error;
        if (error) a().it.close(socket_, lab_.now);
        return error;
    }
    /// Of the socket bound last.
    error_code listen() {
        a().it.listen(socket_, 5, lab_.now);
        auto const error = a().expect(kind::listening, socket_).error;
        a().it.close(socket_, lab_.now);
        return error;
    }
    error_code bind_and_listen(char const* job, std::uint16_t port) {
        if (auto const error = bind(job, port)) return error;
        return listen();
    }
    error_code bind_udp(char const* job, std::uint16_t port) {
        auto& sockets = a().it.udp();
        auto const s = sockets.open(job, 0);
        auto const error = sockets.bind(s, at("10.0.0.1", port));
        sockets.close(s);
        return error;
    }

    lab lab_;
    socket_id socket_;
};

TEST_F(unreserved, ports_are_for_all_without_a_rule) {
    EXPECT_FALSE(bind_and_listen("ANY", 5000));
    EXPECT_FALSE(bind_udp("ANY", 5000));
}

TEST_F(unreserved, ports_are_for_the_jobs_that_a_rule_admits) {
    guard({{true, "WEB", false, check::bind}, {true, "ADM*", false, check::bind}});
    EXPECT_FALSE(bind_and_listen("WEB", 5000));
    EXPECT_FALSE(bind_and_listen("ADM1", 5000));
    EXPECT_EQ(bind("WEB1", 5000), errc::permission_denied);
    EXPECT_FALSE(bind_udp("WEB1", 5000)) << "the rules are TCP's";
}

TEST_F(unreserved, the_first_rule_that_is_for_a_job_counts) {
    guard({{true, "WEB", false, check::bind}, {true, "*", true, check::bind}});
    EXPECT_FALSE(bind("WEB", 5000));
    EXPECT_EQ(bind("OTHER", 5001), errc::permission_denied);
    guard({{true, "*", false, check::bind}});
    EXPECT_FALSE(bind("OTHER", 5001));
}

TEST_F(unreserved, ports_are_not_those_that_port_names) {
    guard({{true, "*", true, check::bind}, {false, "*", true, check::bind}});
    EXPECT_FALSE(bind_and_listen("WEB1", 80));
    EXPECT_EQ(bind("OTHER", 80), errc::permission_denied);
    EXPECT_FALSE(bind_udp("DNS", 80));
    EXPECT_EQ(bind_udp("DNS", 81), errc::permission_denied);
}

TEST_F(unreserved, ports_may_be_bound_but_not_listened_on_when_listen_is_checked) {
    guard({{true, "*", true, check::listen}});
    ASSERT_FALSE(bind("OTHER", 5000));
    EXPECT_EQ(listen(), errc::permission_denied);
    EXPECT_FALSE(bind_and_listen("WEB", 80));
}

TEST_F(unreserved, ports_that_the_stack_chooses_are_for_all) {
    for (auto const when : {check::bind, check::listen}) {
        guard({{true, "*", true, when}, {false, "*", true, check::bind}});
        EXPECT_FALSE(bind_and_listen("OTHER", 0));
        EXPECT_FALSE(bind_udp("OTHER", 0));
        ASSERT_FALSE(bind("OTHER", 5000, port_origin::stack)) << "in another shard";
        EXPECT_FALSE(listen());
    }
}

TEST_F(unreserved, low_ports_stay_restricted_for_those_that_a_rule_admits) {
    guard({{true, "WEB", false, check::bind}});
    EXPECT_FALSE(bind("WEB", 90));
    a().config.tcp.restrict_low_ports = true;
    a().configure();
    EXPECT_EQ(bind("WEB", 91), errc::permission_denied);
    EXPECT_FALSE(bind("WEB", 1024));
}

}  // namespace
}  // namespace stack
