// tcpplex listen against a daemon in the test's process.
#include "operator/listen/listen.hpp"

#include "command_output.hpp"
#include "fake_daemon.hpp"
#include "socket_pair.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>

namespace {

using testing::HasSubstr;
using tests::fake_daemon;
using response = fake_daemon::response;

/// Accepts give these streams, in order; later ones wait.
struct acceptor {
    explicit acceptor(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            auto [mine, theirs] = tests::socket_pair();
            peers.push_back(std::move(mine));
            streams.push_back(std::move(theirs));
        }
    }
    response operator()(app::request const& asked) {
        if (std::holds_alternative<app::listen_request>(asked.body))
            return {app::listening{1, {"10.1.9.9", 7000}}};
        if (!std::holds_alternative<app::accept_request>(asked.body)) return {app::closed{}};
        response answer{app::connected{{"10.1.9.9", 7000}, {"10.2.0.9", 50000}}};
        answer.later = given == streams.size();
        if (!answer.later) answer.attached = std::move(streams[given++]);
        return answer;
    }
    std::vector<app::descriptor> peers;
    std::vector<app::descriptor> streams;
    std::size_t given = 0;
};

operators::listen_options options() {
    operators::listen_options result;
    result.where = {"JOB", {"10.1.9.9", 7000}};
    return result;
}

TEST(listen, is_netcat_for_one_connection) {
    acceptor accepts(1);
    fake_daemon daemon(std::ref(accepts));
    tests::command_output io(daemon.path(), "answer");
    auto status =
        std::async(std::launch::async, [&] { return operators::run_listen(io.with, options()); });
    tests::write_raw(accepts.peers[0], "question");
    ::shutdown(accepts.peers[0].get(), SHUT_WR);
    EXPECT_EQ(tests::read_all(accepts.peers[0].get()), "answer");
    EXPECT_EQ(status.get(), 0);
    EXPECT_EQ(io.output(), "question");
    EXPECT_EQ(io.errors(), "listening on 10.1.9.9..7000\n");
}

TEST(listen, echoes_many_at_once) {
    acceptor accepts(200);
    fake_daemon daemon(std::ref(accepts));
    tests::command_output io(daemon.path());
    auto with_echo = options();
    with_echo.echo = true;
    with_echo.count = 200;
    auto status =
        std::async(std::launch::async, [&] { return operators::run_listen(io.with, with_echo); });
    for (auto const& peer : accepts.peers)
        tests::write_raw(peer, "to and fro");
    for (auto const& peer : accepts.peers)
        ::shutdown(peer.get(), SHUT_WR);
    for (auto const& peer : accepts.peers)
        EXPECT_EQ(tests::read_all(peer.get()), "to and fro");
    EXPECT_EQ(status.get(), 0) << io.errors();
}

struct a_served_file : testing::Test {
    void SetUp() override {
        path = std::filesystem::temp_directory_path() /
               ("tcpplex-served-" + std::to_string(::getpid()));
        std::ofstream(path) << contents;
    }
    void TearDown() override { std::filesystem::remove(path); }
    std::string contents = std::string(2'000'000, 'f');
    std::string path;
};

TEST_F(a_served_file, answers_each_request_with_an_http_header) {
    acceptor accepts(3);
    fake_daemon daemon(std::ref(accepts));
    tests::command_output io(daemon.path());
    auto serving = options();
    serving.serve_file = path;
    serving.http = true;
    serving.count = 3;
    auto status =
        std::async(std::launch::async, [&] { return operators::run_listen(io.with, serving); });
    for (auto& peer : accepts.peers) {
        tests::write_raw(peer, "GET / HTTP/1.1\r\nHost: x\r\n");
        tests::write_raw(peer, "\r\n");
        std::string const answer = tests::read_all(peer.get());
        EXPECT_THAT(answer.substr(0, 200), HasSubstr("HTTP/1.0 200 OK\r\n"));
        EXPECT_THAT(answer.substr(0, 200), HasSubstr("Content-Length: 2000000\r\n"));
        EXPECT_TRUE(answer.ends_with("\r\n\r\n" + contents));
        peer.reset();
    }
    EXPECT_EQ(status.get(), 0) << io.errors();
}

TEST_F(a_served_file, survives_a_peer_that_goes_in_the_middle) {
    acceptor accepts(2);
    fake_daemon daemon(std::ref(accepts));
    tests::command_output io(daemon.path());
    auto serving = options();
    serving.serve_file = path;
    serving.count = 2;
    auto status =
        std::async(std::launch::async, [&] { return operators::run_listen(io.with, serving); });
    tests::write_raw(accepts.peers[0], "\n\n");
    accepts.peers[0].reset();
    tests::write_raw(accepts.peers[1], "\n\n");
    EXPECT_EQ(tests::read_all(accepts.peers[1].get()), contents);
    accepts.peers[1].reset();
    EXPECT_EQ(status.get(), 0) << io.errors();
}

TEST(listen, says_which_file_it_cannot_serve) {
    tests::command_output io("/nonexistent/x.sock");
    auto serving = options();
    serving.serve_file = "/nonexistent/page";
    EXPECT_EQ(operators::run_listen(io.with, serving), 1);
    EXPECT_THAT(io.errors(), HasSubstr("/nonexistent/page: No such file"));
}

TEST(listen, ends_when_the_daemon_does) {
    fake_daemon daemon([](app::request const& asked) {
        response answer{app::listening{1, {"10.1.9.9", 7000}}};
        answer.die = std::holds_alternative<app::accept_request>(asked.body);
        return answer;
    });
    tests::command_output io(daemon.path());
    auto with_echo = options();
    with_echo.echo = true;
    EXPECT_EQ(operators::run_listen(io.with, with_echo), 1);
    EXPECT_THAT(io.errors(), HasSubstr("ECONNRESET"));
}

}  // namespace
