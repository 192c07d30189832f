// A stack's UDP, judged by the kernel on the other side of a TUN device.
#include "kernel_socket.hpp"
#include "shard_on_device.hpp"

#include <cerrno>

namespace stack::testing {
namespace {

constexpr char const* stack_addresses[] = {"10.77.0.2", "2001:db8::2"};

class udp_system : public shard_on_device {
  protected:
    /// What the kernel gets back for a datagram of `size` bytes.
    static bytes echo(kernel_socket const& client, std::size_t size) {
        auto const sent = pattern(size);
        if (::send(client.get(), sent.data(), sent.size(), 0) < 0) return {};
        bytes got(65536);
        auto const count = ::recv(client.get(), got.data(), got.size(), 0);
        got.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
        return got;
    }
};

TEST_P(udp_system, datagrams_of_any_size_come_back_unaltered) {
    serve_datagrams(7);
    std::size_t right = 0;
    std::size_t const sizes[] = {1, 2, 101, 1452, 1472, 1473, 9000, 65507};
    run([&] {
        for (auto const* const host : stack_addresses) {
            kernel_socket const client(SOCK_DGRAM, host, 7);
            for (auto const size : sizes)
                if (echo(client, size) == pattern(size)) ++right;
        }
    });
    EXPECT_EQ(right, 2 * std::size(sizes));
    EXPECT_EQ(counter("udp.datagrams_in"), 2 * std::size(sizes));
    EXPECT_EQ(counter("drop.bad_udp_checksum"), 0U);
}

TEST_P(udp_system, the_kernel_s_refusal_is_told) {
    auto& sockets = datagram_sockets();
    std::vector<error_code> told;
    for (auto const* const host : {"10.77.0.1", "2001:db8::1"}) {
        auto const s = sockets.open("CLIENT", 2);
        EXPECT_FALSE(sockets.connect(s, {addr(host), 9}));
        fragments text;
        auto const data = pattern(10);
        text.push_back(data);
        EXPECT_FALSE(sockets.send(s, {}, text, now()));
        error_code error;
        run_until([&] { return bool(error = sockets.take_error(s)); });
        told.push_back(error);
    }
    EXPECT_EQ(told,
              std::vector<error_code>(2, make_error_code(boost::system::errc::connection_refused)));
}

TEST_P(udp_system, a_closed_port_is_reported) {
    serve_datagrams(7);
    std::vector<int> errors;
    run([&] {
        for (auto const* const host : stack_addresses) {
            kernel_socket const client(SOCK_DGRAM, host, 9);
            errors.push_back(echo(client, 100).empty() ? errno : 0);
        }
    });
    EXPECT_EQ(errors, (std::vector<int>{ECONNREFUSED, ECONNREFUSED}));
}

INSTANTIATE_TEST_SUITE_P(offload, udp_system, ::testing::Bool(), [](auto const& offload) {
    return offload.param ? "by_device" : "in_software";
});

}  // namespace
}  // namespace stack::testing
