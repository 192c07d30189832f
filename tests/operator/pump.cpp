// Netcat over a socket pair: both directions, half close, reset, large transfers.
#include "operator/stream/pump.hpp"

#include "command_output.hpp"
#include "socket_pair.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <future>
#include <thread>

#include <sys/ioctl.h>

namespace {

TEST(the_pump, sends_its_input_and_then_fin) {
    tests::command_output io("", "hello");
    auto [stream, peer] = tests::socket_pair();
    auto done = std::async(std::launch::async,
                           [&] { return operators::pump(stream, io.with.input, io.with.output); });
    EXPECT_EQ(tests::read_all(peer.get()), "hello");
    tests::write_raw(peer, "answer after the half close");
    peer.reset();
    EXPECT_TRUE(done.get());
    EXPECT_EQ(io.output(), "answer after the half close");
}

TEST(the_pump, sends_a_file_whole_though_the_peer_has_half_closed) {
    std::string const large(3'000'000, 'x');
    tests::command_output io("", large);
    auto [stream, peer] = tests::socket_pair();
    tests::write_raw(peer, "request");
    ::shutdown(peer.get(), SHUT_WR);
    auto done = std::async(std::launch::async,
                           [&] { return operators::pump(stream, io.with.input, io.with.output); });
    EXPECT_EQ(tests::read_all(peer.get()), large);
    EXPECT_TRUE(done.get());
    EXPECT_EQ(io.output(), "request");
}

TEST(the_pump, ends_when_the_peer_closes_and_the_input_is_idle) {
    tests::command_output io("");
    auto [stream, peer] = tests::socket_pair();
    auto [idle, writer] = tests::socket_pair();
    tests::write_raw(peer, "bye");
    peer.reset();
    EXPECT_TRUE(operators::pump(stream, idle.get(), io.with.output));
    EXPECT_EQ(io.output(), "bye");
}

TEST(the_pump, reports_a_reset) {
    tests::command_output io("", "data that the peer never reads");
    auto [stream, peer] = tests::socket_pair();
    auto done = std::async(std::launch::async,
                           [&] { return operators::pump(stream, io.with.input, io.with.output); });
    for (int waiting = 0; waiting == 0;)
        ASSERT_EQ(::ioctl(peer.get(), FIONREAD, &waiting), 0);
    peer.reset();
    auto const outcome = done.get();
    ASSERT_TRUE(outcome.has_error());
    EXPECT_EQ(outcome.error().code, ECONNRESET);
}

TEST(the_pump, reports_that_its_output_has_gone) {
    tests::command_output const io("");
    auto [stream, peer] = tests::socket_pair();
    auto [idle, writer] = tests::socket_pair();
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    app::descriptor const out(ends[1]);
    ::close(ends[0]);
    tests::write_raw(peer, "nobody reads this");
    auto const outcome = operators::pump(stream, idle.get(), out.get());
    ASSERT_TRUE(outcome.has_error());
    EXPECT_EQ(outcome.error().code, EPIPE);
}

TEST(the_pump, moves_much_both_ways_at_once) {
    std::string const large(50'000'000, 'y');
    tests::command_output io("", large);
    auto [stream, peer] = tests::socket_pair();
    std::jthread const echo([&peer = peer] {
        std::string buffer(65536, '\0');
        for (ssize_t got = 0; (got = ::read(peer.get(), buffer.data(), buffer.size())) > 0;)
            operators::write_text(
                peer.get(), std::string_view(buffer).substr(0, static_cast<std::size_t>(got)));
        ::shutdown(peer.get(), SHUT_WR);
    });
    EXPECT_TRUE(operators::pump(stream, io.with.input, io.with.output));
    EXPECT_EQ(io.output().size(), large.size());
}

}  // namespace
