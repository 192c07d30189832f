// bench_forwarding_copy: what the owner's work is compared with. Writes every packet of one TUN
// device to another, as it is.
//
//   bench_forwarding_copy DEVICE NAMESPACE OTHER
//
// DEVICE is one of this network namespace, OTHER one of NAMESPACE; both exist, with vnet headers.
#include "null/tun_device.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <unistd.h>

namespace {

volatile std::sig_atomic_t ended = 0;

void enter(std::string const& name) {
    int const space = ::open(("/run/netns/" + name).c_str(), O_RDONLY | O_CLOEXEC);
    if (space < 0 || ::setns(space, CLONE_NEWNET) != 0)
        throw std::system_error(errno, std::generic_category(), name);
    ::close(space);
}

void copy(int from, int to) {
    static std::array<std::byte, 70000> packet;
    while (ended == 0) {
        ssize_t const got = ::read(from, packet.data(), packet.size());
        if (got > 0) {
            // What the device does not take is lost, as on any network.
            [[maybe_unused]] auto const written =
                ::write(to, packet.data(), static_cast<std::size_t>(got));
            continue;
        }
        pollfd readable{from, POLLIN, 0};
        ::poll(&readable, 1, 500);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: bench_forwarding_copy DEVICE NAMESPACE OTHER\n");
        return 2;
    }
    for (int signal : {SIGTERM, SIGINT})
        std::signal(signal, [](int) { ended = 1; });
    try {
        int const from = peers::open_tun(argv[1], true);
        enter(argv[2]);
        int const to = peers::open_tun(argv[3], true);
        std::printf("READY\n");
        std::fflush(stdout);
        copy(from, to);
        return 0;
    } catch (std::exception const& problem) {
        std::fprintf(stderr, "bench_forwarding_copy: %s\n", problem.what());
        return 1;
    }
}
