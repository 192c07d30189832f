#include "daemon/service/misc_datagrams.hpp"

#include "daemon/service/chargen_text.hpp"
#include "daemon/service/misc_service.hpp"

#include <fmt/format.h>

#include <vector>

namespace tcpplexd {

void misc_datagrams::configure(stack::settings const& next) {
    auto const host = misc_host(next);
    auto wanted = misc_ports(next, false);
    std::vector<std::uint64_t> surplus;
    for (auto const& [cookie, open] : sockets_)
        if (open.local.host != host || wanted.erase(open.local.port) == 0)
            surplus.push_back(cookie);
    for (auto const cookie : surplus)
        stop(cookie);
    for (auto const port : wanted)
        start({host, port});
}

void misc_datagrams::start(stack::endpoint const& local) {
    auto& sockets = loop_.core().udp();
    auto const cookie = loop_.enrol(*this);
    auto const socket = sockets.open(misc_job, cookie);
    sockets_.emplace(cookie, bound{socket, local});
    if (auto const error = sockets.bind(socket, local)) {
        complain_(fmt::format("{} UDP port {}: {}", misc_job, local.port, error.message()));
        stop(cookie);
    }
}

void misc_datagrams::stop(std::uint64_t cookie) {
    auto const found = sockets_.find(cookie);
    loop_.core().udp().close(found->second.socket);
    loop_.forget(cookie);
    sockets_.erase(found);
}

void misc_datagrams::on_datagrams(std::uint64_t cookie) {
    auto const found = sockets_.find(cookie);
    if (found == sockets_.end()) return;
    auto& sockets = loop_.core().udp();
    while (auto const asked = sockets.front(found->second.socket)) {
        answer(found->second, *asked);
        sockets.pop(found->second.socket);
    }
    loop_.touch();
}

void misc_datagrams::answer(bound const& at, stack::udp::received_datagram const& asked) {
    constexpr std::uint16_t first_of_clients = 1024;
    auto const service = static_cast<misc_service>(at.local.port);
    if (asked.source.port < first_of_clients || service == misc_service::discard) return;
    stack::fragments line;
    line.push_back(chargen_text().first(chargen_line));
    // An answer that has no way back is lost, like any datagram.
    (void)loop_.core().udp().send(at.socket, asked.source,
                                  service == misc_service::echo ? asked.payload : line, loop_.now(),
                                  asked.local);
}

}  // namespace tcpplexd
