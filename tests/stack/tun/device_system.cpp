// A TUN device in a network namespace of its own, with the kernel on its other side.
#include "packet_builder.hpp"
#include "stack/ip/input.hpp"
#include "stack/tun/device.hpp"
#include "stack/tun/queue.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <string>

#include <arpa/inet.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

namespace stack::tun {
namespace {

using namespace stack::testing;
using clock = std::chrono::steady_clock;

constexpr std::uint16_t mtu = 1500;
constexpr std::size_t mss = mtu - 40;

/// Each test process has a namespace without a name, gone with it.
class device_system : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        ASSERT_EQ(::unshare(CLONE_NEWNET), 0) << "needs root";
        ASSERT_EQ(std::system("ip link set lo up"), 0);
    }
    static device make(std::string const& name) {
        auto made = device::create(name, mtu);
        EXPECT_TRUE(made.has_value()) << (made ? "" : made.error());
        return std::move(*made);
    }
    /// Reads until `done` says so; false if it has not within five seconds.
    template <class Take, class Done>
    static bool read_until(device const& tun, queue& packets, Take&& take, Done&& done) {
        auto const limit = clock::now() + std::chrono::seconds(5);
        while (!done()) {
            pollfd wait{tun.descriptor(), POLLIN, 0};
            if (clock::now() > limit || ::poll(&wait, 1, 1000) < 0) return false;
            packets.read(64, 65536, take);
        }
        return true;
    }
};

TEST_F(device_system, a_new_device_is_up_has_its_mtu_and_goes_with_its_owner) {
    {
        auto const tun = make("ip-new");
        EXPECT_NE(::if_nametoindex("ip-new"), 0U);
        EXPECT_TRUE(tun.offloads());
        EXPECT_EQ(std::system("ip link show ip-new | grep -q 'UP.* mtu 1500'"), 0);
    }
    EXPECT_EQ(::if_nametoindex("ip-new"), 0U);
}

TEST_F(device_system, a_persistent_device_is_refused_with_the_remedy) {
    ASSERT_EQ(std::system("ip tuntap add ip-kept mode tun"), 0);
    auto const made = device::create("ip-kept", mtu);
    ASSERT_FALSE(made.has_value());
    EXPECT_NE(made.error().find("ip link delete ip-kept"), std::string::npos) << made.error();
    EXPECT_NE(::if_nametoindex("ip-kept"), 0U);
    EXPECT_EQ(std::system("ip link delete ip-kept"), 0);
}

TEST_F(device_system, a_name_too_long_is_refused) {
    EXPECT_FALSE(device::create("a-name-of-16-chr", mtu).has_value());
    EXPECT_FALSE(device::create("", mtu).has_value());
}

/// The stack's side of one TCP connection to a kernel server, done by hand: SYN, ACK, then data as
/// one packet.
class kernel_server {
  public:
    kernel_server() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in name{};
        name.sin_family = AF_INET;
        name.sin_port = htons(port_);
        inet_pton(AF_INET, "10.77.0.1", &name.sin_addr);
        EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&name), sizeof name), 0);
        EXPECT_EQ(::listen(listener_, 1), 0);
    }
    ~kernel_server() {
        if (connection_ >= 0) ::close(connection_);
        ::close(listener_);
    }
    kernel_server(kernel_server const&) = delete;
    kernel_server& operator=(kernel_server const&) = delete;

    int accept() { return connection_ = ::accept(listener_, nullptr, nullptr); }
    std::uint16_t port() const { return port_; }

  private:
    static std::uint16_t next_port() {
        static std::uint16_t last =
            7776;  // a connection of the test before may linger in the kernel
        return ++last;
    }

    std::uint16_t port_ = next_port();
    int listener_;
    int connection_ = -1;
};

class exchange : public device_system,
                 public ::testing::WithParamInterface<std::tuple<std::size_t, bool>> {};

TEST_P(exchange, bytes_arrive_unaltered_both_ways) {
    auto const [size, offloads] = GetParam();
    auto const tun = make("ip-data");
    ASSERT_EQ(std::system("ip addr add 10.77.0.1/24 dev ip-data"), 0);
    fence const open;
    queue packets(tun.descriptor(), offloads, open);
    kernel_server server;
    endpoint const us = at("10.77.0.2", 5000);
    endpoint const kernel = at("10.77.0.1", server.port());

    auto const put = [&](std::uint8_t flags, std::uint32_t seq, std::uint32_t acked,
                         bytes payload) {
        auto packet = tcp_packet({us, kernel, flags, seq, acked, std::move(payload)});
        bool const super = packet.size() > mtu;
        unfinish(packet);
        fragments pieces;
        pieces.push_back(std::span(packet).first(40));
        pieces.push_back(std::span(packet).subspan(40));
        packets.write(pieces, {super ? offload::segmentation::tcp4 : offload::segmentation::none,
                               super ? std::uint16_t{mss} : std::uint16_t{0}, true, 20, 16});
    };

    bytes received;
    std::optional<std::uint32_t> isn;
    auto const take = [&](std::span<std::byte const> packet, offload const& meta) {
        ip::inbound in;
        if (ip::parse(packet, meta, in) != ip::drop_reason::none ||
            in.protocol != wire::protocol::tcp)
            return;
        EXPECT_TRUE(ip::tcp_checksum_is_right(in));
        std::uint32_t const seq = load_be32(in.payload.data() + 4);
        if ((std::to_integer<unsigned>(in.payload[13]) & syn) != 0) {
            isn = seq;
            return;
        }
        auto const data =
            in.payload.subspan((std::to_integer<std::size_t>(in.payload[12]) >> 4) * 4);
        if (data.empty() || !isn || seq != *isn + 1 + received.size()) return;
        received.insert(received.end(), data.begin(), data.end());
        put(ack, 1001 + static_cast<std::uint32_t>(size),
            *isn + 1 + static_cast<std::uint32_t>(received.size()), {});
    };

    put(syn, 1000, 0, {});
    ASSERT_TRUE(read_until(tun, packets, take, [&] { return isn.has_value(); }));
    put(ack, 1001, *isn + 1, {});
    int const connection = server.accept();
    ASSERT_GE(connection, 0);

    bytes const sent = pattern(size);
    put(ack | psh, 1001, *isn + 1, sent);
    bytes got(size);
    timeval const patience{5, 0};
    ASSERT_EQ(::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
    ASSERT_EQ(::recv(connection, got.data(), got.size(), MSG_WAITALL), static_cast<ssize_t>(size));
    EXPECT_EQ(got, sent);

    ASSERT_EQ(::send(connection, sent.data(), sent.size(), 0), static_cast<ssize_t>(size));
    ASSERT_TRUE(read_until(tun, packets, take, [&] { return received.size() >= size; }));
    EXPECT_EQ(received, sent);
    EXPECT_EQ(packets.counts().bad_offload, 0U);
    EXPECT_EQ(packets.counts().write_errors, 0U);
}

INSTANTIATE_TEST_SUITE_P(sizes, exchange,
                         ::testing::Combine(::testing::Values<std::size_t>(1, mss, mss + 1,
                                                                           65535 - 40),
                                            ::testing::Bool()));

}  // namespace
}  // namespace stack::tun
