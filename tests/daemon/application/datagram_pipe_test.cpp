// UDP sockets in the hands of an application.
#include "daemon/application/datagram_pipe.hpp"

#include "app/descriptor.hpp"
#include "stack_on_loop.hpp"

#include <cerrno>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sys/socket.h>

namespace tcpplexd {
namespace {

using namespace stack::testing;

std::span<std::byte const> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text));
}

class datagram_pipe_test : public stack_on_loop {
  protected:
    /// The application's end is theirs_.
    app::result<stack::four_tuple> open(datagram_name const& wanted) {
        int ends[2];
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends), 0);
        theirs_.reset(ends[1]);
        return datagram_pipe::open(loop_, "JOB", wanted, ends[0]);
    }
    void write(std::string_view text, stack::endpoint const& to) {
        app::datagram_header header;
        header.peer = to.host.bytes();
        header.port = to.port;
        EXPECT_TRUE(app::send_datagram(theirs_.get(), header, bytes_of(text)));
        run();
    }
    void arrive(std::string_view text, stack::endpoint const& to = {us, 53}) {
        receive({udp_packet(peer, to, bytes_of(text))});
    }
    struct packet {
        app::datagram_header header;
        std::string text;
    };
    /// The next one that waits for the application; an error 0 without text if none does.
    packet read() {
        run();
        std::vector<std::byte> room(app::longest_datagram);
        auto const came = app::receive_datagram(theirs_.get(), room);
        if (came.has_error() || !*came) return {};
        return {(*came)->header, {reinterpret_cast<char const*>(room.data()), (*came)->length}};
    }
    std::size_t open_sockets() {
        std::size_t count = 0;
        core().udp().each([&](stack::udp::socket_info const&) { ++count; });
        return count;
    }

    app::descriptor theirs_;
};

TEST_F(datagram_pipe_test, what_arrives_names_both_ends) {
    ASSERT_TRUE(open({{{}, 53}, {}}));
    arrive("text");
    arrive("");
    auto const came = read();
    EXPECT_EQ(came.text, "text");
    EXPECT_EQ(came.header.what, app::datagram_header::kind::data);
    EXPECT_EQ(came.header.peer, peer.host.bytes());
    EXPECT_EQ(came.header.port, peer.port);
    EXPECT_EQ(came.header.local, us.bytes());
    EXPECT_EQ(read().header.port, peer.port) << "an empty one is one";
    EXPECT_EQ(read().header.port, 0) << "and there is no third";
}

TEST_F(datagram_pipe_test, what_is_written_goes_to_whom_it_names_or_to_the_peer) {
    auto const made = open({{{}, 53}, peer});
    ASSERT_TRUE(made);
    EXPECT_EQ(*made, (stack::four_tuple{{us, 53}, peer}));
    write("to the peer", {{}, 0});
    write("elsewhere", at("10.0.0.8", 9));
    ASSERT_EQ(node().sent.size(), 2U);
    EXPECT_EQ(destination_of(node().sent[0].data), peer.host);
    EXPECT_EQ(destination_of(node().sent[1].data), addr("10.0.0.8"));
}

TEST_F(datagram_pipe_test, what_icmp_says_is_a_record) {
    ASSERT_TRUE(open({{{}, 53}, peer}));
    write("text", {{}, 0});
    receive({icmp(peer.host, us, 3, 3, 0, node().sent.back().data)});
    auto const told = read();
    EXPECT_EQ(told.header.what, app::datagram_header::kind::error);
    EXPECT_EQ(told.header.error, ECONNREFUSED);
    EXPECT_EQ(told.header.port, peer.port);
    EXPECT_EQ(told.header.lost, 0U) << "it was sent";
}

TEST_F(datagram_pipe_test, what_is_not_sent_is_told_and_counted) {
    ASSERT_TRUE(open({{us, 53}, {}}));
    write("to nobody", {{}, 0});
    EXPECT_EQ(read().header.error, EDESTADDRREQ);
    for (std::string_view const bad : {"", "short"})
        ASSERT_GE(::send(theirs_.get(), bad.data(), bad.size(), 0), 0);
    auto const told = read();
    EXPECT_EQ(told.header.error, EINVAL);
    EXPECT_EQ(told.header.lost, 3U);
    std::vector<char> const longer(app::datagram_header_length + app::longest_datagram + 1, 1);
    ASSERT_GE(::send(theirs_.get(), longer.data(), longer.size(), 0), 0);
    EXPECT_EQ(read().header.lost, 4U);
    EXPECT_TRUE(node().sent.empty());
}

TEST_F(datagram_pipe_test, what_an_application_is_slow_to_read_is_lost_and_counted) {
    ASSERT_TRUE(open({{{}, 53}, {}}));
    std::string const text(1000, 'x');
    constexpr std::uint32_t count = 2000;
    for (std::uint32_t i = 0; i < count; ++i)
        arrive(text);
    std::uint32_t came = 0;
    while (read().header.port != 0)
        ++came;
    EXPECT_LT(came, count);
    arrive("last");
    EXPECT_EQ(read().header.lost, count - came);
}

TEST_F(datagram_pipe_test, closing_the_end_closes_the_socket_after_sending) {
    ASSERT_TRUE(open({{{}, 53}, {}}));
    arrive("unread");
    run();
    app::datagram_header header;
    header.peer = peer.host.bytes();
    header.port = peer.port;
    for (int i = 0; i < 200; ++i)
        ASSERT_TRUE(app::send_datagram(theirs_.get(), header, bytes_of("text")));
    EXPECT_EQ(open_sockets(), 1U);
    theirs_.reset();
    run();
    EXPECT_EQ(node().sent.size(), 200U);
    EXPECT_EQ(open_sockets(), 0U);
    ASSERT_TRUE(open({{{}, 53}, {}})) << "the port is free";
}

TEST_F(datagram_pipe_test, who_writes_no_more_may_still_read) {
    ASSERT_TRUE(open({{{}, 53}, {}}));
    ::shutdown(theirs_.get(), SHUT_WR);
    run();
    arrive("text");
    EXPECT_EQ(read().text, "text");
    theirs_.reset();
    run();
    EXPECT_EQ(open_sockets(), 0U);
}

TEST_F(datagram_pipe_test, a_name_that_cannot_be_had_leaves_no_socket) {
    auto const first = open({{{}, 53}, {}});
    ASSERT_TRUE(first);
    auto const kept = std::move(theirs_);
    auto const refused = open({{us, 53}, {}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, EADDRINUSE);
    EXPECT_EQ(refused.error().message,
              "UDP port 53 of 10.0.0.1 is in use on this stack (tcpplex netstat allconn -P 53)");
    EXPECT_EQ(open_sockets(), 1U);
}

}  // namespace
}  // namespace tcpplexd
