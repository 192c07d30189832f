// The header of datagrams, and packets over a socket pair.
#include "app/datagram.hpp"

#include "app/descriptor.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include <sys/socket.h>

namespace {

app::datagram_header to(std::string const& address, std::uint16_t port) {
    app::datagram_header header;
    header.peer = *app::parse_address(address);
    header.port = port;
    return header;
}

std::pair<app::descriptor, app::descriptor> packet_pair() {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends), 0);
    return {app::descriptor(ends[0]), app::descriptor(ends[1])};
}

bool is_refused(app::datagram_header_bytes const& bytes) {
    return !app::parse_datagram_header(bytes);
}

TEST(datagram_header, the_wire_form_is_the_documented_one) {
    auto header = to("10.2.0.9", 0x1234);
    header.what = app::datagram_header::kind::error;
    header.error = 111;
    header.lost = 0x01020304;
    header.local = *app::parse_address("2001:db8::1");
    app::datagram_header_bytes expected{};
    constexpr unsigned char start[] = {2, 0, 0, 111, 1, 2, 3, 4, 0x12, 0x34, 0,  0, 0, 0,
                                       0, 0, 0, 0,   0, 0, 0, 0, 0xff, 0xff, 10, 2, 0, 9};
    for (std::size_t i = 0; i < sizeof start; ++i)
        expected[i] = std::byte{start[i]};
    expected[28] = std::byte{0x20};
    expected[29] = std::byte{0x01};
    expected[30] = std::byte{0x0d};
    expected[31] = std::byte{0xb8};
    expected[43] = std::byte{1};
    EXPECT_EQ(app::to_bytes(header), expected);
    EXPECT_EQ(app::parse_datagram_header(expected), header);
}

TEST(datagram_header, what_makes_no_sense_is_refused) {
    auto const good = app::to_bytes(to("10.2.0.9", 7));
    EXPECT_FALSE(is_refused(good));
    EXPECT_FALSE(app::parse_datagram_header(std::span(good).first(43)));
    EXPECT_FALSE(app::parse_datagram_header({}));
    for (auto const at : std::initializer_list<std::size_t>{1, 3, 10, 11}) {
        auto bad = good;
        bad[at] = std::byte{1};
        EXPECT_TRUE(is_refused(bad)) << at;
    }
    for (auto const kind : std::initializer_list<unsigned char>{0, 2, 3, 255}) {
        auto bad = good;
        bad[0] = std::byte{kind};
        EXPECT_TRUE(is_refused(bad)) << int{kind};
    }
}

TEST(datagram_header, addresses_are_shown_in_their_own_family) {
    EXPECT_EQ(app::peer_of(to("10.2.0.9", 7)), (app::endpoint{"10.2.0.9", 7}));
    EXPECT_EQ(app::peer_of(to("2001:db8::9", 7)), (app::endpoint{"2001:db8::9", 7}));
    EXPECT_EQ(app::peer_of(to("::ffff:10.2.0.9", 7)), (app::endpoint{"10.2.0.9", 7}));
    EXPECT_EQ(app::peer_of({}), app::endpoint{});
    EXPECT_EQ(app::parse_address("10.2.0.256").error().code, EINVAL);
}

TEST(datagrams, of_any_length_pass_whole) {
    auto const [one, other] = packet_pair();
    for (std::size_t const length : {std::size_t{0}, std::size_t{1}, app::longest_datagram}) {
        std::vector<std::byte> const sent(length, std::byte{7});
        ASSERT_TRUE(app::send_datagram(one.get(), to("10.2.0.9", 7), sent));
        std::vector<std::byte> room(app::longest_datagram);
        auto const came = app::receive_datagram(other.get(), room);
        ASSERT_TRUE(came.has_value() && *came) << length;
        EXPECT_EQ((*came)->header, to("10.2.0.9", 7));
        ASSERT_EQ((*came)->length, length);
        room.resize(length);
        EXPECT_EQ(room, sent);
    }
}

TEST(datagrams, faults_are_told) {
    auto [one, other] = packet_pair();
    std::vector<std::byte> room(10);
    EXPECT_EQ(app::receive_datagram(other.get(), room).error().code, EAGAIN);
    std::vector<std::byte> const longer(11);
    ASSERT_TRUE(app::send_datagram(one.get(), {}, longer));
    EXPECT_EQ(app::receive_datagram(other.get(), room).error().code, EMSGSIZE);
    ASSERT_EQ(::send(one.get(), "short", 5, 0), 5);
    EXPECT_EQ(app::receive_datagram(other.get(), room).error().code, EPROTO);
    std::vector<std::byte> const longest(app::longest_datagram + 1);
    EXPECT_EQ(app::send_datagram(one.get(), {}, longest).error().code, EMSGSIZE);
    one.reset();
    EXPECT_FALSE(*app::receive_datagram(other.get(), room));
    EXPECT_EQ(app::send_datagram(other.get(), {}, {}).error().code, ECONNRESET);
}

}  // namespace
