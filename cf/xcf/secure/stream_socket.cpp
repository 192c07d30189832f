#include "cf/xcf/secure/stream_socket.hpp"

#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

namespace cf::xcf {

namespace {

// That a stack has died is for the facility to say; a connection that is only broken is made anew
// the sooner the better.
constexpr int milliseconds_unacknowledged = 4000;
constexpr int seconds_idle = 2;
constexpr int seconds_between_probes = 1;
constexpr int probes = 2;

bool set(int descriptor, int level, int option, int value) {
    return ::setsockopt(descriptor, level, option, &value, sizeof value) == 0;
}

void watch_over(int descriptor) {
    set(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
    set(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, milliseconds_unacknowledged);
    set(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1);
    set(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, seconds_idle);
    set(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, seconds_between_probes);
    set(descriptor, IPPROTO_TCP, TCP_KEEPCNT, probes);
}

int make_socket(network_address const& at) {
    return ::socket(at.is_v6() ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

failure refusal(int descriptor, std::string const& what, std::string const& remedy = {}) {
    int const why = errno;
    if (descriptor >= 0) ::close(descriptor);
    return {error::unavailable, what + ": " + std::strerror(why) + remedy, {}};
}

}  // namespace

result<int> listen_stream(network_address const& at) {
    int const descriptor = make_socket(at);
    bool const listening = descriptor >= 0 && set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1) &&
                           ::bind(descriptor, at.data(), at.size()) == 0 &&
                           ::listen(descriptor, SOMAXCONN) == 0;
    if (listening) return descriptor;
    return refusal(descriptor, "XCF cannot listen at " + at.to_string(),
                   ". 'listen' of 'xcf' needs an address of this system, and a port that no other "
                   "process has");
}

int accept_stream(int listener) {
    int descriptor = -1;
    do
        descriptor = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    while (descriptor < 0 && (errno == EINTR || errno == ECONNABORTED));
    if (descriptor >= 0) watch_over(descriptor);
    return descriptor;
}

result<int> connect_stream(network_address const& from, network_address const& to) {
    // Port 0: bind() only chooses the address, and the port is found in connect().
    auto const source = from.with_port(0);
    int const descriptor = make_socket(to);
    bool const bound = descriptor >= 0 && set(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1) &&
                       ::bind(descriptor, source.data(), source.size()) == 0;
    if (bound) watch_over(descriptor);
    if (bound && (::connect(descriptor, to.data(), to.size()) == 0 || errno == EINPROGRESS))
        return descriptor;
    return refusal(descriptor, "XCF connection from " + from.to_string() + " to " + to.to_string());
}

int outcome_of_connect(int descriptor) {
    int why = 0;
    socklen_t size = sizeof why;
    return ::getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &why, &size) == 0 ? why : errno;
}

}  // namespace cf::xcf
