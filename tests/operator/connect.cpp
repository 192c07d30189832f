// tcpplex connect against a daemon and echoing peers in the test's process.
#include "operator/connect/connect.hpp"

#include "command_output.hpp"
#include "echo_peer.hpp"
#include "fake_daemon.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <future>

#include <signal.h>

namespace {

using testing::HasSubstr;
using tests::fake_daemon;
using response = fake_daemon::response;

app::connected named(app::request const& asked) {
    auto const& connect = std::get<app::connect_request>(asked.body);
    return {{"10.1.9.9", static_cast<std::uint16_t>(40000 + asked.id)}, connect.remote};
}

operators::connect_options options_for(std::size_t count, bool expect_echo) {
    operators::connect_options options;
    options.each = {"JOB", {"10.2.0.9", 7}, {"10.1.9.9", 0}, {}};
    options.count = count;
    options.expect_echo = expect_echo;
    return options;
}

TEST(connect, is_netcat_for_one_connection) {
    tests::echo_peer peer;
    fake_daemon daemon([&](app::request const& asked) {
        return response{named(asked), peer.stream()};
    });
    tests::command_output io(daemon.path(), "there and back");
    EXPECT_EQ(operators::run_connect(io.with, options_for(1, false)), 0);
    EXPECT_EQ(io.output(), "there and back");
    EXPECT_EQ(io.errors(), "");
}

TEST(connect, names_object_and_remedy_in_one_line) {
    fake_daemon daemon([](app::request const&) {
        return response{app::failed{
            {EADDRNOTAVAIL,
             "no free port in 40000-40003 of 10.1.9.9 (tcpplex display cf ports 10.1.9.9)"}}};
    });
    tests::command_output io(daemon.path());
    EXPECT_EQ(operators::run_connect(io.with, options_for(1, false)), 1);
    EXPECT_EQ(io.errors(),
              "tcpplex: connect 10.2.0.9..7 from 10.1.9.9: EADDRNOTAVAIL: no free port in "
              "40000-40003 of 10.1.9.9 "
              "(tcpplex display cf ports 10.1.9.9)\n");
}

TEST(connect, gives_up_after_its_timeout) {
    fake_daemon daemon([](app::request const&) {
        response never;
        never.later = true;
        return never;
    });
    tests::command_output io(daemon.path());
    auto options = options_for(1, false);
    options.timeout = std::chrono::seconds(1);
    EXPECT_EQ(operators::run_connect(io.with, options), 1);
    EXPECT_THAT(io.errors(), HasSubstr("ETIMEDOUT"));
    options.count = 3;
    EXPECT_EQ(operators::run_connect(io.with, options), 1);
    EXPECT_THAT(io.output(), HasSubstr("0 connected, 0 echoed, 3 failed\n  ETIMEDOUT: 3\n"));
}

TEST(connect, has_two_thousand_connections_echoed) {
    tests::echo_peer peer;
    fake_daemon daemon([&](app::request const& asked) {
        return response{named(asked), peer.stream()};
    });
    tests::command_output io(daemon.path(), std::string(20'000, 'e'));
    io.with.json = true;
    EXPECT_EQ(operators::run_connect(io.with, options_for(2000, true)), 0) << io.errors();
    auto const summary = boost::json::parse(io.output()).as_object();
    EXPECT_EQ(summary.at("connected").as_int64(), 2000);
    EXPECT_EQ(summary.at("echoed").as_int64(), 2000);
    EXPECT_TRUE(summary.at("failed").as_object().empty());
    EXPECT_EQ(summary.at("local").as_array().size(), 2000u);
}

TEST(connect, counts_failures_by_errno_and_says_each_kind_once) {
    tests::echo_peer peer;
    fake_daemon daemon([&](app::request const& asked) {
        if (asked.id % 2 == 0) return response{app::failed{{EADDRNOTAVAIL, "no free port"}}};
        return response{named(asked), peer.stream()};
    });
    tests::command_output io(daemon.path(), "x");
    EXPECT_EQ(operators::run_connect(io.with, options_for(10, true)), 1);
    EXPECT_EQ(io.output(), "5 connected from 10.1.9.9, 5 echoed, 5 failed\n  EADDRNOTAVAIL: 5\n");
    EXPECT_EQ(io.errors(),
              "tcpplex: connect 10.2.0.9..7 from 10.1.9.9: EADDRNOTAVAIL: no free port\n");
}

TEST(connect, notices_other_bytes_than_it_sent) {
    fake_daemon daemon([](app::request const& asked) {
        auto [mine, theirs] = tests::socket_pair();
        tests::write_raw(mine, "lie!!");
        return response{named(asked), std::move(theirs)};
    });
    tests::command_output io(daemon.path(), "truth");
    EXPECT_EQ(operators::run_connect(io.with, options_for(1, true)), 1);
    EXPECT_THAT(io.output(), HasSubstr("1 connected from 10.1.9.9, 0 echoed, 1 failed"));
}

TEST(connect, counts_all_that_is_left_when_the_daemon_dies) {
    tests::echo_peer peer;
    fake_daemon daemon([&](app::request const& asked) {
        response answer{named(asked), peer.stream()};
        answer.die = asked.id == 300;
        return answer;
    });
    tests::command_output io(daemon.path(), "x");
    io.with.json = true;
    EXPECT_EQ(operators::run_connect(io.with, options_for(1000, true)), 1);
    auto const summary = boost::json::parse(io.output()).as_object();
    auto const lost = summary.at("failed").as_object().at("ECONNRESET").as_int64();
    EXPECT_EQ(summary.at("connected").as_int64() + lost, 1000);
    EXPECT_THAT(io.errors(), HasSubstr("has ended"));
}

// The command waits for a signal to its own thread; the test learns the thread from the daemon's
// first request.
struct held_run {
    explicit held_run(std::size_t count)
        : daemon([this](app::request const& asked) {
              return response{named(asked), peer.stream()};
          }),
          io(daemon.path(), "x"),
          status(std::async(std::launch::async, [this, count] {
              runner = ::pthread_self();
              auto options = options_for(count, true);
              options.hold = true;
              return operators::run_connect(io.with, options);
          })) {
        while (io.output().empty())
            std::this_thread::yield();  // the summary comes before holding
    }
    int end() {
        ::pthread_kill(runner, SIGTERM);
        return status.get();
    }

    std::atomic<pthread_t> runner{};
    tests::echo_peer peer;
    fake_daemon daemon;
    tests::command_output io;
    std::future<int> status;
};

TEST(connect, holds_connections_until_a_signal) {
    held_run run(50);
    EXPECT_EQ(run.end(), 0);
    EXPECT_EQ(run.io.output(),
              "50 connected from 10.1.9.9, 50 echoed, 0 failed\n0 broken while held\n");
}

TEST(connect, counts_connections_that_broke_while_held) {
    held_run run(20);
    run.peer.end_all();
    EXPECT_EQ(run.end(), 1);
    EXPECT_THAT(run.io.output(), HasSubstr("20 broken while held\n"));
}

}  // namespace
