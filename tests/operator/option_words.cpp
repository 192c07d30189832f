// Socket options as words of the command.
#include "operator/stream/option_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

namespace {

using testing::HasSubstr;

app::socket_options taken(std::string const& word) {
    app::socket_options to;
    EXPECT_TRUE(operators::take_option(to, word)) << word;
    return to;
}

std::string refusal(std::string const& word) {
    app::socket_options to;
    auto const outcome = operators::take_option(to, word);
    if (!outcome.has_error()) return "taken";
    EXPECT_EQ(outcome.error().code, EINVAL);
    return outcome.error().message;
}

TEST(option_words, name_what_linux_names) {
    EXPECT_EQ(taken("TCP_NODELAY=1"), (app::socket_options{.nodelay = true}));
    EXPECT_EQ(taken("SO_KEEPALIVE=0"), (app::socket_options{.keepalive = false}));
    EXPECT_EQ(taken("TCP_KEEPCNT=127"), (app::socket_options{.keepcnt = 127}));
    EXPECT_EQ(taken("SO_RCVBUF=2147483647"), (app::socket_options{.rcvbuf = 2147483647}));
    EXPECT_EQ(taken("TCP_CONGESTION=reno"), (app::socket_options{.congestion = "reno"}));
}

TEST(option_words, linger_is_two_in_one) {
    EXPECT_EQ(taken("SO_LINGER=0"), (app::socket_options{.linger = true, .linger_time = 0}));
    EXPECT_EQ(taken("SO_LINGER=off"), (app::socket_options{.linger = false}));
}

TEST(option_words, several_are_one_set) {
    app::socket_options to;
    for (auto const* word : {"TCP_CORK=1", "TCP_MAXSEG=500", "TCP_MAXSEG=600"})
        ASSERT_TRUE(operators::take_option(to, word));
    EXPECT_EQ(to, (app::socket_options{.cork = true, .maxseg = 600})) << "the last one counts";
}

TEST(option_words, a_refusal_names_option_value_and_range) {
    EXPECT_EQ(refusal("TCP_KEEPCNT=128"), "\"TCP_KEEPCNT=128\": TCP_KEEPCNT takes 0 to 127 probes");
    EXPECT_EQ(refusal("TCP_NODELAY=on"), "\"TCP_NODELAY=on\": TCP_NODELAY takes 0 or 1");
    EXPECT_EQ(refusal("SO_LINGER=-1"),
              "\"SO_LINGER=-1\": SO_LINGER takes 0 to 65535 seconds, or off");
    EXPECT_THAT(refusal("TCP_CONGESTION="), HasSubstr("takes cubic or reno"));
    for (auto const* word :
         {"TCP_MAXSEG", "TCP_MAXSEG=", "TCP_MAXSEG=5x", "TCP_MAXSEG=99999999999"})
        EXPECT_THAT(refusal(word), HasSubstr("TCP_MAXSEG takes 0 to 65535 bytes")) << word;
    for (auto const* word : {"", "=", "nodelay=1", "TCP_INFO=1", "tcp_nodelay=1"})
        EXPECT_THAT(refusal(word), HasSubstr("there is no such option")) << word;
}

TEST(option_words, help_lists_every_name) {
    auto const help = operators::option_help();
    for (auto const* name : {"TCP_NODELAY", "TCP_CORK", "TCP_QUICKACK", "SO_KEEPALIVE", "SO_LINGER",
                             "TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT", "TCP_MAXSEG",
                             "TCP_USER_TIMEOUT", "SO_SNDBUF", "SO_RCVBUF", "TCP_CONGESTION"})
        EXPECT_THAT(help, HasSubstr(name));
}

}  // namespace
