// XCF between machines, over the loopback interface: the same service as on one machine, for stacks
// that prove who they are.
#include "certificates.hpp"
#include "cf/xcf/dialler.hpp"
#include "cf/xcf/secure/secure_listener.hpp"
#include "xcf_recorder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include <poll.h>
#include <unistd.h>

namespace cf::test {
namespace {

using namespace cf::xcf;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// An address of this process alone, so that tests that run at the same time do not meet.
network_address own_address(int port) {
    auto const id = static_cast<unsigned>(::getpid());
    return network_address::parse("127." + std::to_string(64 + id / 65536 % 64) + "." +
                                  std::to_string(id / 256 % 256) + "." + std::to_string(id % 256) +
                                  ":" + std::to_string(port))
        .value();
}

// A link and what it brought, served as an event loop would.
struct end {
    std::unique_ptr<link> over;
    recorder seen;

    void serve() {
        if (over->wants_write()) over->on_writable(seen);
        over->on_readable(seen);
        over->on_packets_readable(seen);
    }
};

struct xcf_secure_link : ::testing::Test {
    static void SetUpTestSuite() { authority_ = new certificate_authority; }
    static void TearDownTestSuite() { delete authority_; }
    static certificate_authority& authority() { return *authority_; }

    secure_end const here_a{authority().identity("TCPIPA"), own_address(4801)};
    secure_end const here_b{authority().identity("TCPIPB"), own_address(4802)};
    hello self_a{"PLEX1", "TCPIPA", 0, 1};
    hello self_b{"PLEX1", "TCPIPB", 1, 2};
    std::unique_ptr<listener> door = secure_listener::open(here_b, self_b).value();
    end a, b;

    void dial(secure_end const& from, hello const& who) {
        a.over = dialler(who, from).connect("tls://" + here_b.listen.to_string()).value();
        ASSERT_TRUE(await([&] { return (b.over = door->accept()) != nullptr; }));
    }
    void dial_and_greet() {
        dial(here_a, self_a);
        ASSERT_TRUE(await([&] { return a.over->peer() && b.over->peer(); }));
        ASSERT_THAT(a.seen.log, ElementsAre("hello TCPIPB"));
        ASSERT_THAT(b.seen.log, ElementsAre("hello TCPIPA"));
        a.seen.log.clear();
        b.seen.log.clear();
    }
    // Serves both ends until it is so; false after ten seconds.
    bool await(std::function<bool()> const& so) {
        auto const deadline = std::chrono::steady_clock::now() + 10s;
        while (!so()) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            std::vector<pollfd> all{{door->fd(), POLLIN, 0}};
            for (auto* each : {&a, &b}) {
                if (!each->over || !each->over->is_open()) continue;
                all.push_back({each->over->fd(), POLLIN, 0});
                if (each->over->wants_write()) all.back().events |= POLLOUT;
                all.push_back({each->over->packet_fd(), POLLIN, 0});
            }
            ::poll(all.data(), all.size(), 10);
            for (auto* each : {&a, &b})
                if (each->over && each->over->is_open()) each->serve();
        }
        return true;
    }
    bool await_log(recorder const& seen, std::size_t lines) {
        return await([&] { return seen.log.size() >= lines; });
    }

  private:
    static inline certificate_authority* authority_ = nullptr;
};

TEST_F(xcf_secure_link, delivers_messages_and_notices_in_order_both_ways) {
    dial_and_greet();
    std::vector<std::byte> const text(max_control);
    a.over->send(control{7, text}, a.seen);
    a.over->send(notice{1, {{}, 40001}, {{}, 7000}}, a.seen);
    b.over->send(notice{1, {{}, 40002}, {{}, 7000}}, b.seen);
    ASSERT_TRUE(await_log(b.seen, 2) && await_log(a.seen, 1));
    EXPECT_THAT(b.seen.log, ElementsAre("control 7 65536", "notice 40001"));
    EXPECT_THAT(a.seen.log, ElementsAre("notice 40002"));
}

TEST_F(xcf_secure_link, carries_packets_of_every_size_with_their_offload) {
    dial_and_greet();
    packet_header const header{packet_header::segmentation::tcp4, 1448, true, 20, 16};
    for (std::size_t size : {40U, 1500U, 8900U, 8924U, 8925U, 9000U, 20000U, 65535U}) {
        auto packet = ipv4_packet(size);
        for (std::size_t i = 20; i < size; ++i)
            packet[i] = static_cast<std::byte>(i * 7 + i / 251);
        b.seen.log.clear();
        ASSERT_TRUE(send_packet(*a.over, packet, header)) << size;
        ASSERT_TRUE(await_log(b.seen, 1)) << size;
        EXPECT_EQ(b.seen.last_packet, packet);
        EXPECT_EQ(b.seen.last_header, header);
    }
    ASSERT_TRUE(send_packet(*b.over, ipv4_packet(1500)));
    EXPECT_TRUE(await_log(a.seen, 1));
}

TEST_F(xcf_secure_link, drops_and_counts_what_the_other_side_does_not_read) {
    dial_and_greet();
    for (int i = 0; i < 400; ++i)
        send_packet(*a.over, ipv4_packet(65535));
    a.over->send(notice{1, {{}, 40001}, {}}, a.seen);
    ASSERT_TRUE(await([&] { return b.over->counters().messages_received == 1; }));
    auto const& taken = b.over->counters();
    EXPECT_GT(taken.packets_received, 0U);
    EXPECT_LT(taken.packets_received, 400U) << "the socket's buffer is finite";
    EXPECT_TRUE(a.over->is_open() && b.over->is_open());
}

TEST_F(xcf_secure_link, passes_over_datagrams_of_strangers) {
    dial_and_greet();
    auto const stranger =
        datagram_socket::open(own_address(4803), here_b.listen).value();  // not from A's port
    std::array<std::byte, 100> const noise{};
    stranger->send(noise, noise.size());
    ASSERT_TRUE(send_packet(*a.over, ipv4_packet(100)));
    ASSERT_TRUE(await_log(b.seen, 1));
    EXPECT_THAT(b.seen.log, ElementsAre("packet 100"));
}

TEST_F(xcf_secure_link, passes_over_datagrams_with_its_peers_address_and_another_key) {
    dial_and_greet();
    datagram_keys wrong;
    auto const forger = datagram_channel::open(here_a.listen, here_b.listen, wrong).value();
    std::array<std::byte, 100> const noise{};
    std::array<std::span<std::byte const>, 1> const pieces{noise};
    ASSERT_TRUE(forger->send(pieces));
    auto& secure = static_cast<secure_link&>(*b.over);
    ASSERT_TRUE(await([&] { return secure.datagrams().other_link == 1; }));
    EXPECT_THAT(b.seen.log, ElementsAre());
}

TEST_F(xcf_secure_link, refuses_a_stack_that_says_it_is_another) {
    dial(here_a, {"PLEX1", "TCPIPC", 2, 3});
    ASSERT_TRUE(await([&] { return !b.over->is_open() && !a.over->is_open(); }));
    EXPECT_THAT(b.seen.log, ElementsAre(HasSubstr("is not for TCPIPC, who it says it is")));
    EXPECT_FALSE(b.over->peer());
}

TEST_F(xcf_secure_link, refuses_a_stack_of_another_ca) {
    certificate_authority foreign;
    dial({foreign.identity("TCPIPA"), here_a.listen}, self_a);
    ASSERT_TRUE(await([&] { return !b.over->is_open() && !a.over->is_open(); }));
    EXPECT_THAT(a.seen.log, ElementsAre(HasSubstr("closed: ")));
    EXPECT_FALSE(a.over->peer() || b.over->peer());
}

TEST_F(xcf_secure_link, refuses_another_sysplex) {
    dial(here_a, {"PLEX2", "TCPIPA", 0, 1});
    ASSERT_TRUE(await([&] { return !b.over->is_open(); }));
    EXPECT_THAT(b.seen.log, ElementsAre(HasSubstr("TCPIPA belongs to sysplex PLEX2, not PLEX1")));
}

TEST_F(xcf_secure_link, closes_with_a_message_when_messages_pile_up) {
    dial_and_greet();
    std::vector<std::byte> const text(60000);
    for (int i = 0; i < 2000 && a.over->is_open(); ++i)
        a.over->send(control{1, text}, a.seen);
    EXPECT_FALSE(a.over->is_open());
    EXPECT_THAT(a.seen.log.back(), HasSubstr("has not read 1048576 bytes"));
}

TEST_F(xcf_secure_link, closes_when_the_other_side_is_gone) {
    dial_and_greet();
    b.over.reset();
    ASSERT_TRUE(await([&] { return !a.over->is_open(); }));
    EXPECT_THAT(a.seen.log, ElementsAre(HasSubstr("closed: ")));
    a.over->send(notice{}, a.seen);
    EXPECT_FALSE(send_packet(*a.over, ipv4_packet(40)));
}

TEST_F(xcf_secure_link, a_new_link_takes_the_datagrams_of_the_one_before) {
    dial_and_greet();
    auto const older_a = std::move(a.over), older_b = std::move(b.over);
    older_a->close("replaced", a.seen);
    older_b->close("replaced", b.seen);
    a.seen.log.clear();
    b.seen.log.clear();
    dial_and_greet();
    ASSERT_TRUE(send_packet(*a.over, ipv4_packet(65535)));
    EXPECT_TRUE(await_log(b.seen, 1));
}

TEST_F(xcf_secure_link, a_refused_connection_is_told) {
    door.reset();
    a.over = dialler(self_a, here_a).connect("tls://" + here_b.listen.to_string()).value();
    door = secure_listener::open({here_b.identity, own_address(4804)}, self_b).value();
    ASSERT_TRUE(await([&] { return !a.over->is_open(); }));
    EXPECT_THAT(a.seen.log, ElementsAre(HasSubstr("refused")));
}

TEST_F(xcf_secure_link, an_address_that_is_taken_is_named) {
    auto const second = secure_listener::open(here_b, self_b);
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().text, HasSubstr(here_b.listen.to_string()));
}

TEST(xcf_dialler, says_what_it_lacks) {
    dialler const local({"PLEX1", "TCPIPA", 0, 1});
    EXPECT_THAT(local.connect("tls://10.1.1.1:4801").error().text, HasSubstr("'listen'"));
    EXPECT_THAT(local.connect("tls://10.1.1.1").error().text, HasSubstr("ADDRESS:PORT"));
    EXPECT_THAT(local.connect("/no/such.xcf").error().text, HasSubstr("/no/such.xcf"));
}

}  // namespace
}  // namespace cf::test
