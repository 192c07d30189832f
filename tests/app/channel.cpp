// Frames and descriptors over a socket: whole, in pieces, broken, and too long.
#include "app/channel.hpp"

#include "socket_pair.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

#include <fcntl.h>
#include <sys/resource.h>

namespace {

using tests::socket_pair;
using tests::write_raw;
using reading = app::channel::reading;

std::string framed(std::string const& body) {
    auto const size = body.size();
    std::string bytes;
    for (unsigned shift = 0; shift < 32; shift += 8)
        bytes += static_cast<char>(size >> shift & 0xff);
    return bytes + body;
}

struct channels {
    channels() : channels(socket_pair()) {}
    explicit channels(std::pair<app::descriptor, app::descriptor> ends)
        : left(std::move(ends.first), app::max_request),
          right(std::move(ends.second), app::max_request) {}
    app::channel left;
    app::channel right;
};

TEST(a_channel, carries_frames_in_order) {
    channels pair;
    pair.left.queue("one");
    pair.left.queue("");
    pair.left.queue("three");
    EXPECT_EQ(pair.left.queued_bytes(), 12u + 8u);
    ASSERT_TRUE(pair.left.on_writable());
    EXPECT_FALSE(pair.left.wants_write());
    std::vector<app::frame> frames;
    EXPECT_EQ(*pair.right.on_readable(frames), reading::drained);
    ASSERT_EQ(frames.size(), 3u);
    EXPECT_EQ(frames[0].body + "|" + frames[1].body + "|" + frames[2].body, "one||three");
}

TEST(a_channel, takes_frames_byte_by_byte) {
    auto [raw, other] = socket_pair();
    app::channel reader(std::move(other), 100);
    std::vector<app::frame> frames;
    for (char const byte : framed("abc") + framed("de")) {
        write_raw(raw, std::string(1, byte));
        ASSERT_EQ(*reader.on_readable(frames), reading::drained);
    }
    ASSERT_EQ(frames.size(), 2u);
    EXPECT_EQ(frames[1].body, "de");
}

TEST(a_channel, stops_at_the_limit_and_says_so) {
    channels pair;
    for (int i = 0; i < 3; ++i)
        pair.left.queue("x");
    ASSERT_TRUE(pair.left.on_writable());
    std::vector<app::frame> frames;
    EXPECT_EQ(*pair.right.on_readable(frames, 2), reading::more);
    EXPECT_EQ(frames.size(), 2u);
    EXPECT_EQ(*pair.right.on_readable(frames, 2), reading::drained);
    EXPECT_EQ(frames.size(), 3u);
}

TEST(a_channel, moves_a_large_frame_as_the_socket_takes_it) {
    channels pair;
    std::string const body(5'000'000, 'z');
    pair.left.queue(body);
    std::vector<app::frame> frames;
    while (pair.left.wants_write()) {
        ASSERT_TRUE(pair.left.on_writable());
        ASSERT_TRUE(pair.right.on_readable(frames));
    }
    ASSERT_EQ(frames.size(), 1u);
    EXPECT_EQ(frames[0].body, body);
    EXPECT_EQ(pair.left.queued_bytes(), 0u);
}

TEST(a_channel, gives_each_descriptor_to_its_own_frame) {
    channels pair;
    auto [mine, theirs] = socket_pair();
    pair.left.queue("plain");
    pair.left.queue("with", std::move(theirs));
    pair.left.queue("plain again");
    ASSERT_TRUE(pair.left.on_writable());
    std::vector<app::frame> frames;
    ASSERT_TRUE(pair.right.on_readable(frames));
    ASSERT_EQ(frames.size(), 3u);
    EXPECT_FALSE(frames[0].attached);
    EXPECT_FALSE(frames[2].attached);
    ASSERT_TRUE(frames[1].attached);
    EXPECT_EQ(::fcntl(frames[1].attached.get(), F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    write_raw(frames[1].attached, "through");
    frames.clear();
    EXPECT_EQ(tests::read_all(mine.get()), "through");
}

TEST(a_channel, says_that_a_descriptor_was_lost_for_want_of_room) {
    channels pair;
    auto [mine, theirs] = socket_pair();
    int const next = ::dup(0);
    ::close(next);
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    pair.left.queue("with", std::move(theirs));
    ASSERT_TRUE(pair.left.on_writable());
    app::descriptor const filler(::dup(0));  // takes the number that the sent descriptor left
    rlimit const none{static_cast<rlim_t>(next), before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
    std::vector<app::frame> frames;
    auto const state = pair.right.on_readable(frames);
    ::setrlimit(RLIMIT_NOFILE, &before);
    ASSERT_TRUE(state);
    ASSERT_EQ(frames.size(), 1u);
    EXPECT_EQ(frames[0].body, "with");
    EXPECT_TRUE(frames[0].descriptor_lost);
    EXPECT_FALSE(frames[0].attached);
}

TEST(a_channel, tells_an_end_between_frames_from_one_inside) {
    for (std::string const& bytes :
         {std::string(), framed("abc").substr(0, 2), framed("abc").substr(0, 6)}) {
        auto [raw, other] = socket_pair();
        app::channel reader(std::move(other), 100);
        write_raw(raw, bytes);
        raw.reset();
        std::vector<app::frame> frames;
        auto const state = reader.on_readable(frames);
        if (bytes.empty()) {
            ASSERT_TRUE(state);
            EXPECT_EQ(*state, reading::closed);
        } else {
            ASSERT_TRUE(state.has_error());
            EXPECT_EQ(state.error().code, EPROTO);
        }
    }
}

TEST(a_channel, refuses_a_frame_longer_than_its_limit) {
    auto [raw, other] = socket_pair();
    app::channel reader(std::move(other), 100);
    write_raw(raw, framed(std::string(100, 'x')) + std::string("\x65\0\0\0", 4));
    std::vector<app::frame> frames;
    auto const state = reader.on_readable(frames);
    ASSERT_TRUE(state.has_error());
    EXPECT_EQ(state.error().code, EMSGSIZE);
    EXPECT_EQ(frames.size(), 1u);
}

TEST(a_channel, reports_a_peer_that_has_gone_when_writing) {
    channels pair;
    { app::channel const gone = std::move(pair.right); }
    pair.left.queue("x");
    auto const sent = pair.left.on_writable();
    ASSERT_TRUE(sent.has_error());
    EXPECT_EQ(sent.error().code, EPIPE);
}

}  // namespace
