// bench_peer_client: the one client that all stacks are measured with, on kernel sockets.
//
//   bench_peer_client MODE key=value ...       modes.hpp says which
#include "modes.hpp"
#include "sockets.hpp"

#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <string>

int main(int argc, char** argv) {
    std::map<std::string, void (*)(peers::arguments const&)> const modes{
        {"bulk-send", peers::bulk_send},
        {"bulk-receive", peers::bulk_receive},
        {"ping-pong", peers::ping_pong},
        {"connect-rate", peers::connect_rate},
        {"accept-rate", peers::accept_rate},
        {"hold-idle", peers::hold_idle},
        {"serve", peers::serve},
    };
    auto const mode = modes.find(argc > 1 ? argv[1] : "");
    if (mode == modes.end()) {
        std::fprintf(stderr, "usage: bench_peer_client MODE key=value ...; MODE is one of\n");
        for (auto const& each : modes)
            std::fprintf(stderr, "  %s\n", each.first.c_str());
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN);
    try {
        peers::lift_descriptor_limit();
        mode->second(peers::arguments(argc, argv, 2));
        return 0;
    } catch (std::exception const& problem) {
        std::fprintf(stderr, "bench_peer_client: %s\n", problem.what());
        return 1;
    }
}
