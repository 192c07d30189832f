// What it costs to hand a packet to another stack: over the Unix socket of a machine, and over the
// sealed datagrams between machines. Those go over the loopback interface of a namespace of the
// benchmark's own, with the MTU given; that needs root.
#include "cf/xcf/dialler.hpp"
#include "cf/xcf/secure/datagram_channel.hpp"
#include "cf/xcf/unix_link.hpp"

#include <benchmark/benchmark.h>

#include <cstring>
#include <stdexcept>

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using namespace cf::xcf;

std::vector<std::byte> packet_of(std::size_t size) {
    std::vector<std::byte> bytes(size);
    bytes[0] = std::byte{0x45};
    bytes[2] = static_cast<std::byte>(size >> 8U);
    bytes[3] = static_cast<std::byte>(size);
    return bytes;
}

struct sink : receiver {
    std::size_t packets = 0;
    void on_hello(hello const&) override {}
    void on_control(control const&) override {}
    void on_notice(notice const&) override {}
    void on_packet(packet const&) override { ++packets; }
    void on_closed(std::string const& why) override { throw std::runtime_error(why); }
};

void count(benchmark::State& state, std::size_t size) {
    state.SetItemsProcessed(state.iterations());
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(size));
}

void unix_link_one_way(benchmark::State& state) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) std::abort();
    unix_link from(ends[0], {"PLEX1", "A", 0, 1});
    unix_link to(ends[1], {"PLEX1", "B", 1, 2});
    sink at_from, at_to;
    to.on_readable(at_to);
    auto const size = static_cast<std::size_t>(state.range(0));
    auto const bytes = packet_of(size);
    std::array<std::span<std::byte const>, 1> const parts{bytes};
    for (auto _ : state) {
        if (!from.send({}, parts)) std::abort();
        to.on_readable(at_to, 1);
    }
    if (at_to.packets != static_cast<std::size_t>(state.iterations())) std::abort();
    count(state, size);
}
BENCHMARK(unix_link_one_way)->Arg(100)->Arg(1400)->Arg(65535);

void must(bool done, char const* what) {
    if (!done) throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
}

void enter_namespace() {
    static bool const entered = ::unshare(CLONE_NEWNET) == 0;
    must(entered, "a network namespace (run as root)");
}

void set_loopback(int mtu) {
    int const any = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq request{};
    std::strcpy(request.ifr_name, "lo");
    request.ifr_mtu = mtu;
    must(::ioctl(any, SIOCSIFMTU, &request) == 0, "the loopback interface's MTU");
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    must(::ioctl(any, SIOCSIFFLAGS, &request) == 0, "the loopback interface");
    ::close(any);
}

// Both ends of a channel as secure_link has them, without the TLS connection that makes the keys.
void datagrams_one_way(benchmark::State& state) {
    enter_namespace();
    set_loopback(static_cast<int>(state.range(1)));
    auto const one = network_address::parse("127.0.0.1:4801").value();
    auto const other = network_address::parse("127.0.0.2:4801").value();
    datagram_keys keys;
    auto const from = datagram_channel::open(one, other, keys).value();
    auto const to = datagram_channel::open(other, one, keys).value();
    auto const size = static_cast<std::size_t>(state.range(0));
    auto const prefix = encode(packet_header{});
    auto const bytes = packet_of(size);
    std::array<std::span<std::byte const>, 2> const pieces{prefix, bytes};
    for (auto _ : state) {
        if (!from->send(pieces)) std::abort();
        std::size_t budget = 1000;
        auto const message = to->receive(budget);
        if (!message || !decode(*message)) std::abort();
    }
    count(state, size);
}
BENCHMARK(datagrams_one_way)
    ->ArgNames({"packet", "mtu"})
    ->Args({100, 1500})
    ->Args({1400, 1500})
    ->Args({65535, 1500})
    ->Args({65535, 9000});

}  // namespace
