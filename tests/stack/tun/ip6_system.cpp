// A stack's IPv6 and its fragments, judged by the kernel on the other side of a TUN device.
#include "kernel_socket.hpp"
#include "shard_on_device.hpp"

#include <cerrno>

namespace stack::testing {
namespace {

class ip6_system : public shard_on_device {};

TEST_P(ip6_system, echoes_of_any_size_come_back_unaltered) {
    int status = -1;
    run([&] {
        status = std::system(
            "ping -6 -c 2 -i 0.2 -W 5 -s 56 2001:db8::2 > /dev/null && "
            "ping -6 -c 2 -i 0.2 -W 5 -s 4096 2001:db8::2 > /dev/null && "
            "ping -6 -c 1 -W 5 -s 65000 2001:db8::2 > /dev/null && "
            "ping -4 -c 2 -i 0.2 -W 5 -s 4096 10.77.0.2 > /dev/null");
    });
    EXPECT_EQ(status, 0);
    EXPECT_EQ(counter("icmp.echo_replies"), 7U);
    EXPECT_EQ(counter("ip.reassembled"), 5U);
    EXPECT_GE(counter("ip.fragments_out"), 4U * 3 + 45);
}

TEST_P(ip6_system, a_stream_comes_back_unaltered) {
    listen(7);
    bytes const sent = pattern(std::size_t{1} << 20);
    bytes got(sent.size());
    bool connected = false;
    run([&] {
        kernel_socket const client(SOCK_STREAM, "2001:db8::2", 7);
        connected = client.connected();
        std::thread writer([&] {
            for (std::size_t done = 0; done < sent.size();) {
                auto const count = ::send(client.get(), sent.data() + done, sent.size() - done, 0);
                if (count <= 0) return;
                done += static_cast<std::size_t>(count);
            }
        });
        for (std::size_t done = 0; done < got.size();) {
            auto const count = ::recv(client.get(), got.data() + done, got.size() - done, 0);
            if (count <= 0) break;
            done += static_cast<std::size_t>(count);
        }
        writer.join();
    });
    EXPECT_TRUE(connected);
    EXPECT_EQ(got, sent);
    EXPECT_GT(super_segments_in_, 0U);
    EXPECT_GT(super_segments_out_, 0U);
}

TEST_P(ip6_system, a_closed_tcp_port_refuses) {
    int error = 0;
    run([&] {
        kernel_socket const client(SOCK_STREAM, "2001:db8::2", 9);
        if (!client.connected()) error = errno;
    });
    EXPECT_EQ(error, ECONNREFUSED);
}

INSTANTIATE_TEST_SUITE_P(offload, ip6_system, ::testing::Bool(), [](auto const& offload) {
    return offload.param ? "by_device" : "in_software";
});

}  // namespace
}  // namespace stack::testing
