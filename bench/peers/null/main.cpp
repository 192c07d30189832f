// bench_peer_null: the ceiling of any stack on TUN. See responder.hpp.
//
//   bench_peer_null DEVICE OFFLOADS(0|1)
#include "responder.hpp"
#include "tun_device.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>

#include <poll.h>
#include <unistd.h>

namespace {

volatile std::sig_atomic_t ended = 0;

void run(char const* device, bool offloads) {
    int const tun = peers::open_tun(device, offloads);
    std::size_t const header = offloads ? sizeof(stack::tun::vnet_header) : 0;
    peers::responder all(tun, offloads);
    static std::array<std::byte, 70000> buffer;
    std::printf("READY\n");
    std::fflush(stdout);
    while (ended == 0) {
        ssize_t const got = read(tun, buffer.data(), buffer.size());
        if (got > static_cast<ssize_t>(header)) {
            all.answer(std::span<std::byte const>(buffer)
                           .first(static_cast<std::size_t>(got))
                           .subspan(header));
            continue;
        }
        pollfd readable{tun, POLLIN, 0};
        poll(&readable, 1, 500);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: bench_peer_null DEVICE OFFLOADS(0|1)\n");
        return 2;
    }
    for (int signal : {SIGTERM, SIGINT})
        std::signal(signal, [](int) { ended = 1; });
    try {
        run(argv[1], std::string(argv[2]) == "1");
        return 0;
    } catch (std::exception const& problem) {
        std::fprintf(stderr, "bench_peer_null: %s\n", problem.what());
        return 1;
    }
}
