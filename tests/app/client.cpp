// The client library against a daemon in the test's process.
#include "app/client.hpp"

#include "fake_daemon.hpp"
#include "socket_pair.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <set>

#include <sys/resource.h>

namespace {

using testing::HasSubstr;
using tests::fake_daemon;
using response = fake_daemon::response;

app::client open(fake_daemon const& daemon) {
    return app::client::open(daemon.path()).value();
}

/// Answers a connect with a stream whose other end has said "hello" and gone.
response hello(app::request const& asked) {
    auto const& connect = std::get<app::connect_request>(asked.body);
    auto [mine, theirs] = tests::socket_pair();
    tests::write_raw(mine, "hello");
    return {
        app::connected{{"10.1.9.9", static_cast<std::uint16_t>(40000 + asked.id)}, connect.remote},
        std::move(theirs)};
}

response refuse(int code, std::string text) {
    return {app::failed{{code, std::move(text)}}};
}

TEST(a_client, gets_a_stream_it_can_read) {
    fake_daemon daemon(hello);
    auto made = open(daemon).connect({"JOB", {"10.2.0.9", 7}, {}, {}});
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(made->local.to_string(), "10.1.9.9..40001");
    EXPECT_EQ(made->remote.to_string(), "10.2.0.9..7");
    EXPECT_EQ(tests::read_all(made->stream.get()), "hello");
}

TEST(a_client, sees_the_errno_and_the_sentence_of_a_refusal) {
    fake_daemon daemon(
        [](auto const&) { return refuse(EADDRINUSE, "10.1.9.9..5 is held by TCPIP2 on SYS2"); });
    auto const refused = open(daemon).bind({"JOB", {"10.1.9.9", 5}});
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().code, EADDRINUSE);
    EXPECT_EQ(refused.error().message, "10.1.9.9..5 is held by TCPIP2 on SYS2");
}

TEST(a_client, makes_every_call_of_the_protocol) {
    fake_daemon daemon([](app::request const& asked) -> response {
        if (std::holds_alternative<app::ping_request>(asked.body))
            return {app::alive{"TCPIP1", "SYS1", 7, "0.1.0"}};
        if (std::holds_alternative<app::bind_request>(asked.body))
            return {app::bound{3, {"10.1.9.9", 5}}};
        if (std::holds_alternative<app::listen_request>(asked.body))
            return {app::listening{4, {"10.1.9.9", 80}}};
        if (std::holds_alternative<app::display_request>(asked.body))
            return {app::displayed{{{"schema", "x"}}}};
        if (std::holds_alternative<app::obeyfile_request>(asked.body))
            return {app::obeyed{{"EZZ0053I"}}};
        return {app::closed{}};
    });
    auto client = open(daemon);
    EXPECT_EQ(client.ping()->stack, "TCPIP1");
    EXPECT_EQ(client.bind({"J", {"10.1.9.9", 5}})->socket, 3u);
    EXPECT_EQ(client.listen({"J", {"10.1.9.9", 80}})->listener, 4u);
    EXPECT_EQ(client.display({"conn"})->at("schema").as_string(), "x");
    EXPECT_EQ(std::get<app::obeyed>(*client.change(app::obeyfile_request{{{"a", "b"}}, "V"}))
                  .messages.front(),
              "EZZ0053I");
    EXPECT_TRUE(client.close({4, {}}));
}

TEST(a_client, keeps_two_thousand_connects_apart) {
    fake_daemon daemon(hello);
    auto client = open(daemon);
    std::set<std::uint64_t> waiting;
    for (int i = 0; i < 2000; ++i)
        waiting.insert(client.submit(app::connect_request{"J", {"10.2.0.9", 7}, {}, {}}));
    while (!waiting.empty()) {
        auto came = client.next();
        ASSERT_TRUE(came) << came.error().message;
        auto const id = (*came)->id;
        EXPECT_EQ(waiting.erase(id), 1u);
        EXPECT_EQ(std::get<app::connected>((*came)->body).local.port, 40000 + id);
        EXPECT_TRUE((*came)->attached);
    }
    EXPECT_EQ(client.outstanding(), 0u);
}

TEST(a_client, takes_replies_in_another_order) {
    fake_daemon daemon([](app::request const& asked) -> response {
        auto const& display = std::get<app::display_request>(asked.body);
        response answer{app::displayed{{{"schema", display.report}}}};
        answer.later = display.report == "slow";
        return answer;
    });
    auto client = open(daemon);
    auto const slow = client.submit(app::display_request{"slow"});
    EXPECT_EQ(client.display({"quick"})->at("schema").as_string(), "quick");
    auto const came = client.next();
    ASSERT_TRUE(came);
    EXPECT_EQ((*came)->id, slow);
}

TEST(a_client, does_not_wait_past_its_deadline) {
    fake_daemon daemon([](auto const&) {
        response answer;
        answer.later = true;
        return answer;
    });
    auto client = open(daemon);
    client.submit(app::ping_request{});
    auto const came = client.next(app::client::clock::now());
    ASSERT_TRUE(came);
    EXPECT_FALSE(came->has_value());
    EXPECT_EQ(client.outstanding(), 1u);
}

TEST(a_client, reports_the_daemons_death_as_econnreset) {
    fake_daemon daemon([](app::request const&) {
        response answer;
        answer.die = true;
        return answer;
    });
    auto client = open(daemon);
    for (int attempt = 0; attempt < 2; ++attempt) {
        auto const asked = client.ping();
        ASSERT_TRUE(asked.has_error());
        EXPECT_EQ(asked.error().code, ECONNRESET);
        EXPECT_THAT(asked.error().message, HasSubstr("TCPIP1.sock has ended"));
    }
}

TEST(a_client, gets_the_answers_that_came_before_the_daemon_died) {
    fake_daemon daemon([](app::request const& asked) -> response {
        response answer{app::alive{"TCPIP1", "SYS1", 7, "0.1.0"}};
        answer.die = asked.id == 2;
        return answer;
    });
    auto client = open(daemon);
    client.submit(app::ping_request{});
    auto const first = client.next();
    ASSERT_TRUE(first);
    EXPECT_EQ((*first)->id, 1u);
    client.submit(app::ping_request{});
    EXPECT_EQ(client.next().error().code, ECONNRESET);
}

TEST(a_client, refuses_garbage_from_a_daemon) {
    for (std::string const garbage :
         {"nonsense", "{}", R"({"id":99,"ok":true})", R"({"id":1,"ok":true})"}) {
        fake_daemon daemon([&garbage](auto const&) {
            response answer;
            answer.raw = garbage;
            return answer;
        });
        auto const asked = open(daemon).ping();
        ASSERT_TRUE(asked.has_error()) << garbage;
        EXPECT_EQ(asked.error().code, EPROTO) << garbage;
    }
}

TEST(a_client, refuses_a_connection_without_a_descriptor) {
    fake_daemon daemon([](auto const&) { return response{app::connected{}}; });
    auto const made = open(daemon).connect({"J", {"10.2.0.9", 7}, {}, {}});
    ASSERT_TRUE(made.has_error());
    EXPECT_THAT(made.error().message, HasSubstr("without its descriptor"));
}

TEST(a_client, reports_emfile_when_it_has_no_room_for_the_descriptor) {
    auto [mine, other] = tests::socket_pair();
    app::client client(std::move(mine), "TCPIP1");
    client.submit(app::connect_request{"J", {"10.2.0.9", 7}, {}, {}});
    app::channel daemon(std::move(other), app::max_request);
    daemon.queue(app::to_json(app::reply{1, app::connected{{"10.1.9.9", 5}, {"10.2.0.9", 7}}}),
                 app::descriptor(::dup(0)));
    ASSERT_TRUE(daemon.on_writable());
    app::descriptor const last(
        ::dup(0));  // the lowest free number: everything above it is now out of reach
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit const full{static_cast<rlim_t>(last.get() + 1), before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &full), 0);
    auto const came = client.next();
    ::setrlimit(RLIMIT_NOFILE, &before);
    ASSERT_TRUE(came) << came.error().message;
    EXPECT_EQ(std::get<app::failed>((*came)->body).why.code, EMFILE);
}

TEST(a_client, names_a_socket_that_is_not_there) {
    auto const opened = app::client::open("/nonexistent/TCPIP1.sock");
    ASSERT_TRUE(opened.has_error());
    EXPECT_EQ(opened.error().code, ENOENT);
    EXPECT_THAT(opened.error().message, HasSubstr("/nonexistent/TCPIP1.sock"));
}

}  // namespace
