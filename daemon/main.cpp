// tcpplexd: one TCP/IP stack of a sysplex.
#include "daemon/loop/log.hpp"
#include "daemon/node/options.hpp"
#include "daemon/node/run.hpp"

#include <exception>

int main(int argc, char** argv) {
    auto const asked = tcpplexd::parse_options(argc, argv);
    if (asked.exit_status) return *asked.exit_status;
    try {
        return tcpplexd::run(asked);
    } catch (std::exception const& problem) {
        tcpplexd::log_message(tcpplexd::severity::error, problem.what());
        return 1;
    }
}
