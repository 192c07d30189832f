// tcpplexd: one TCP/IP stack of a sysplex.
#include "daemon/node/options.hpp"
#include "daemon/node/run.hpp"

int main(int argc, char** argv) {
    auto const asked = tcpplexd::parse_options(argc, argv);
    if (asked.exit_status) return *asked.exit_status;
    return tcpplexd::run(asked);
}
