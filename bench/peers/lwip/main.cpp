// bench_peer_lwip: lwIP as Debian packages it, on a TUN device.
//
//   bench_peer_lwip DEVICE ADDRESS GATEWAY CONTROL
//
// The library is built with threads and a core lock. The lock is taken for each burst of packets
// and ip_input called directly, so that no packet crosses a thread; lwIP's own one runs the timers.
#include "client/usage.hpp"
#include "control_socket.hpp"
#include "null/tun_device.hpp"
#include "outbound.hpp"
#include "services.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <exception>

#include <lwip/netif.h>
#include <lwip/tcpip.h>
#include <poll.h>
#include <unistd.h>

namespace {

constexpr u16_t mtu = 1500;
constexpr int burst = 64;

volatile std::sig_atomic_t ended = 0;
int tun = -1;

err_t output(netif*, pbuf* packet, ip4_addr_t const*) {
    std::array<std::byte, 2048> copy;
    void const* bytes = packet->payload;
    u16_t size = packet->len;
    if (packet->next != nullptr) {
        size = pbuf_copy_partial(packet, copy.data(), static_cast<u16_t>(copy.size()), 0);
        bytes = copy.data();
    }
    return write(tun, bytes, size) < 0 ? err_t{ERR_IF} : err_t{ERR_OK};
}

err_t set_up(netif* interface) {
    interface->name[0] = 't';
    interface->name[1] = 'n';
    interface->mtu = mtu;
    interface->output = output;
    interface->flags = NETIF_FLAG_UP | NETIF_FLAG_LINK_UP;
    return ERR_OK;
}

void start(netif& interface, char const* address, char const* gateway) {
    tcpip_init(nullptr, nullptr);
    ip4_addr_t own{}, mask{}, router{};
    ip4addr_aton(address, &own);
    ip4addr_aton("255.255.255.0", &mask);
    ip4addr_aton(gateway, &router);
    LOCK_TCPIP_CORE();
    netif_add(&interface, &own, &mask, &router, nullptr, set_up, ip_input);
    netif_set_default(&interface);
    netif_set_up(&interface);
    peers::lwip::start_services();
    UNLOCK_TCPIP_CORE();
}

void take_burst(netif& interface) {
    LOCK_TCPIP_CORE();
    for (int i = 0; i < burst; ++i) {
        pbuf* const packet = pbuf_alloc(PBUF_RAW, mtu, PBUF_RAM);
        if (packet == nullptr) break;
        ssize_t const size = read(tun, packet->payload, mtu);
        if (size <= 0) {
            pbuf_free(packet);
            break;
        }
        pbuf_realloc(packet, static_cast<u16_t>(size));
        if (interface.input(packet, &interface) != ERR_OK) pbuf_free(packet);
    }
    UNLOCK_TCPIP_CORE();
}

void run(netif& interface, char const* control_path) {
    peers::control_socket control(control_path);
    peers::lwip::outbound connections;
    std::printf("READY\n");
    std::fflush(stdout);
    std::array<pollfd, 2> ready{{{tun, POLLIN, 0}, {control.descriptor(), POLLIN, 0}}};
    while (ended == 0) {
        poll(ready.data(), ready.size(), connections.is_busy() ? 50 : 1000);
        if (ready[0].revents != 0) take_burst(interface);
        if (ready[1].revents != 0)
            if (auto const order = control.receive()) {
                auto const time = static_cast<std::uint64_t>(order->seconds * 1e9);
                LOCK_TCPIP_CORE();
                connections.begin(*order, peers::monotonic_ns() + time);
                UNLOCK_TCPIP_CORE();
            }
        if (connections.has_ended(peers::monotonic_ns())) control.answer(connections.cycles());
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fprintf(stderr, "usage: bench_peer_lwip DEVICE ADDRESS GATEWAY CONTROL\n");
        return 2;
    }
    for (int signal : {SIGTERM, SIGINT})
        std::signal(signal, [](int) { ended = 1; });
    try {
        static netif interface;
        tun = peers::open_tun(argv[1], false);
        start(interface, argv[2], argv[3]);
        run(interface, argv[4]);
        _exit(0);  // lwIP's thread can't be joined
    } catch (std::exception const& problem) {
        std::fprintf(stderr, "bench_peer_lwip: %s\n", problem.what());
        _exit(1);
    }
}
