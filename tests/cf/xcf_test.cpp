// XCF between stacks of one machine: frames, order, limits, and whom it refuses.
#include "cf/xcf/unix_link.hpp"
#include "cf/xcf/unix_listener.hpp"
#include "stacks.hpp"
#include "xcf_recorder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <span>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace cf::test {
namespace {

using namespace cf::xcf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct xcf_link : ::testing::Test {
    scratch directory;
    std::string path = (directory.path() / "TCPIPB.xcf").string();
    hello self_a{"PLEX1", "TCPIPA", 0, 1};
    hello self_b{"PLEX1", "TCPIPB", 1, 2};
    std::unique_ptr<listener> door = unix_listener::open(path, self_b).value();
    std::unique_ptr<link> a = unix_link::connect(path, self_a).value();
    std::unique_ptr<link> b = door->accept();
    recorder at_a, at_b;

    void SetUp() override {
        read(*a, at_a);
        read(*b, at_b);
        ASSERT_THAT(at_a.log, ElementsAre("hello TCPIPB"));
        ASSERT_THAT(at_b.log, ElementsAre("hello TCPIPA"));
        at_a.log.clear();
        at_b.log.clear();
    }
    static void read(link& from, recorder& to) {
        while (from.on_readable(to)) {
            pollfd ready{from.fd(), POLLIN, 0};
            if (::poll(&ready, 1, 0) != 1) break;
        }
    }
};

TEST_F(xcf_link, delivers_messages_notices_and_packets_in_one_order) {
    std::vector<std::byte> text(100);
    a->send(control{7, text}, at_a);
    ASSERT_TRUE(send_packet(*a, ipv4_packet(1500)));
    a->send(notice{1, {{}, 40001}, {{}, 7000}}, at_a);
    ASSERT_TRUE(send_packet(*a, ipv4_packet(40)));
    read(*b, at_b);
    EXPECT_THAT(at_b.log, ElementsAre("control 7 100", "packet 1500", "notice 40001", "packet 40"));
}

TEST_F(xcf_link, carries_the_largest_super_segment_with_its_offload) {
    packet_header header{packet_header::segmentation::tcp4, 1448, true, 20, 16};
    auto bytes = ipv4_packet(65535);
    bytes[65534] = std::byte{0x5a};
    ASSERT_TRUE(send_packet(*a, bytes, header));
    read(*b, at_b);
    EXPECT_EQ(at_b.last_packet, bytes);
    EXPECT_EQ(at_b.last_header, header);
}

// Small ones are gathered in another way than large ones.
TEST_F(xcf_link, makes_one_packet_of_its_parts_whatever_its_size) {
    packet_header const header{packet_header::segmentation::none, 0, true, 20, 16};
    for (std::size_t size = 40; size <= 600; ++size) {
        auto bytes = ipv4_packet(size);
        for (std::size_t i = 20; i < size; ++i)
            bytes[i] = static_cast<std::byte>(i * 7);
        std::span<std::byte const> const whole(bytes);
        std::array const parts{whole.first(20), whole.subspan(20, 13), whole.first(0),
                               whole.subspan(33)};
        ASSERT_TRUE(a->send(header, parts));
        read(*b, at_b);
        ASSERT_EQ(at_b.last_packet, bytes);
        ASSERT_EQ(at_b.last_header, header);
    }
}

TEST_F(xcf_link, drops_and_counts_packets_that_the_other_side_does_not_read) {
    auto bytes = ipv4_packet(65535);
    int sent = 0;
    while (send_packet(*a, bytes))
        ++sent;
    EXPECT_GE(sent, 2) << "the send buffer takes several super-segments";
    EXPECT_EQ(a->counters().packets_dropped, 1U);
    EXPECT_TRUE(a->is_open());
    read(*b, at_b);
    EXPECT_EQ(at_b.log.size(), static_cast<std::size_t>(sent));
    EXPECT_TRUE(send_packet(*a, bytes));
}

TEST_F(xcf_link, queues_messages_when_full_and_lets_no_packet_overtake_them) {
    while (send_packet(*a, ipv4_packet(65535))) {
    }
    std::vector<std::byte> text(10000);
    a->send(control{1, text}, at_a);
    a->send(notice{1, {{}, 40001}, {}}, at_a);
    ASSERT_TRUE(a->wants_write());
    read(*b, at_b);
    EXPECT_FALSE(send_packet(*a, ipv4_packet(40)));
    at_b.log.clear();
    a->on_writable(at_a);
    EXPECT_FALSE(a->wants_write());
    EXPECT_TRUE(send_packet(*a, ipv4_packet(40)));
    read(*b, at_b);
    EXPECT_THAT(at_b.log, ElementsAre("control 1 10000", "notice 40001", "packet 40"));
}

TEST_F(xcf_link, closes_with_a_message_when_messages_pile_up) {
    while (send_packet(*a, ipv4_packet(65535))) {
    }
    std::vector<std::byte> text(60000);
    for (int i = 0; i < 100 && a->is_open(); ++i)
        a->send(control{1, text}, at_a);
    EXPECT_FALSE(a->is_open());
    EXPECT_THAT(at_a.log.back(), HasSubstr("has not read 1048576 bytes"));
    read(*b, at_b);
    EXPECT_THAT(at_b.log.back(), HasSubstr("closed the link"));
}

TEST_F(xcf_link, closes_when_the_other_side_is_gone) {
    b.reset();
    read(*a, at_a);
    EXPECT_THAT(at_a.log, ElementsAre(HasSubstr("closed: ")));
    EXPECT_FALSE(a->is_open());
    a->send(notice{}, at_a);
    EXPECT_FALSE(send_packet(*a, ipv4_packet(40)));
}

TEST_F(xcf_link, refuses_another_sysplex) {
    auto foreign = unix_link::connect(path, hello{"PLEX2", "TCPIPX", 3, 9}).value();
    auto here = door->accept();
    read(*here, at_b);
    EXPECT_THAT(at_b.log, ElementsAre(HasSubstr("TCPIPX belongs to sysplex PLEX2, not PLEX1")));
}

TEST_F(xcf_link, refuses_frames_that_are_not_understood) {
    int ends[2];
    for (auto const& bytes :
         {std::string("\x09", 1), std::string("\x03short", 6), std::string("\x04", 1)}) {
        ASSERT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
        unix_link one(ends[0], self_a);
        recorder log;
        ASSERT_GT(::send(ends[1], bytes.data(), bytes.size(), 0), 0);
        one.on_readable(log);
        EXPECT_THAT(log.log, ElementsAre(HasSubstr("protocol error")));
        ::close(ends[1]);
    }
}

TEST_F(xcf_link, a_listener_takes_over_the_path_of_a_dead_one_but_not_of_a_living_one) {
    auto second = unix_listener::open(path, self_b);
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().text, HasSubstr(path));
    auto stale = (directory.path() / "stale").string();
    int left = ::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    stale.copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(left, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ::close(left);
    EXPECT_TRUE(unix_listener::open(stale, self_b));
}

TEST_F(xcf_link, connecting_where_nobody_listens_is_an_error_that_names_the_path) {
    door.reset();
    auto refused = unix_link::connect(path, self_a);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text, HasSubstr(path));
}

TEST(xcf_frame, round_trips) {
    hello greeting{"PLEX1", "TCPIPA", 63, 77};
    EXPECT_EQ(std::get<hello>(*decode(encode(greeting))), greeting);
    notice told{2, {dvipa::v4(0x0a010909).bytes, 40001}, {dvipa::v4(0xc0000201).bytes, 7000}};
    EXPECT_EQ(std::get<notice>(*decode(encode(told))), told);
}

TEST(xcf_frame, every_truncation_and_every_extension_is_refused) {
    for (auto frame : {encode(hello{"PLEX1", "TCPIPA", 1, 2}), encode(notice{})}) {
        for (std::size_t size = 0; size < frame.size(); ++size)
            EXPECT_FALSE(decode(std::span(frame).first(size))) << size;
        frame.push_back({});
        EXPECT_FALSE(decode(frame));
    }
}

TEST(xcf_frame, a_packet_must_be_whole_and_its_offload_consistent) {
    auto framed = [](packet_header header, std::vector<std::byte> const& bytes) {
        auto prefix = encode(header);
        std::vector<std::byte> frame(prefix.begin(), prefix.end());
        frame.insert(frame.end(), bytes.begin(), bytes.end());
        return frame;
    };
    using segmentation = packet_header::segmentation;
    auto whole = ipv4_packet(100);
    EXPECT_TRUE(decode(framed({}, whole)));
    auto wrong_length = whole;
    wrong_length.resize(99);
    EXPECT_FALSE(decode(framed({}, wrong_length)));
    EXPECT_FALSE(decode(framed({segmentation::tcp4, 0}, whole)));
    EXPECT_FALSE(decode(framed({segmentation::none, 1400}, whole)));
    EXPECT_FALSE(decode(framed({segmentation::none, 0, true, 90, 16}, whole)));
    EXPECT_FALSE(decode(framed({static_cast<segmentation>(3), 1}, whole)));
    EXPECT_FALSE(decode(framed({}, {})));
}

}  // namespace
}  // namespace cf::test
