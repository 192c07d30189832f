// bench_peer_tcpplex: tcpplexd, and in it a client that opens connections when told so.
//
//   TCPPLEX_OUTBOUND=PATH bench_peer_tcpplex PROFILE [--host FILE]
//
// PATH is the socket of control_socket.hpp.
#include "daemon/loop/log.hpp"
#include "daemon/node/node.hpp"
#include "daemon/node/options.hpp"
#include "daemon/node/run.hpp"
#include "outbound.hpp"

#include <cstdlib>
#include <exception>
#include <memory>

int main(int argc, char** argv) {
    auto const asked = tcpplexd::parse_options(argc, argv);
    if (asked.exit_status) return *asked.exit_status;
    char const* const control = std::getenv("TCPPLEX_OUTBOUND");
    try {
        return tcpplexd::run(asked, [&](tcpplexd::node& on) {
            if (control != nullptr)
                std::make_shared<peers::outbound>(on.loop(), control)->await_order();
        });
    } catch (std::exception const& problem) {
        tcpplexd::log_message(tcpplexd::severity::error, problem.what());
        return 1;
    }
}
