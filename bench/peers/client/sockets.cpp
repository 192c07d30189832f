#include "sockets.hpp"

#include "usage.hpp"

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace peers {
namespace {

constexpr std::size_t most_ready = 1024;

[[noreturn]] void fail(std::string const& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

in_addr to_address(std::string const& text) {
    in_addr result{};
    if (inet_pton(AF_INET, text.c_str(), &result) != 1)
        throw std::runtime_error("no address: " + text);
    return result;
}

sockaddr_in endpoint(in_addr address, std::uint16_t port) {
    sockaddr_in result{};
    result.sin_family = AF_INET;
    result.sin_addr = address;
    result.sin_port = htons(port);
    return result;
}

sockaddr const* generic(sockaddr_in const& of) {
    return reinterpret_cast<sockaddr const*>(&of);
}

void switch_on(int socket, int level, int option) {
    int const on = 1;
    if (setsockopt(socket, level, option, &on, sizeof on) != 0) fail("setsockopt");
}

// The machine's default may be anything, and a new namespace inherits it: name it.
void set_congestion_control(int socket, std::string const& name) {
    if (setsockopt(socket, IPPROTO_TCP, TCP_CONGESTION, name.data(),
                   static_cast<socklen_t>(name.size())) != 0)
        fail("congestion control " + name);
}

}  // namespace

connector::connector(arguments const& asked, std::size_t first_source)
    : to_(endpoint(to_address(asked.text("addr")),
                   static_cast<std::uint16_t>(asked.number("port", 7)))),
      next_source_(first_source),
      congestion_control_(asked.text("cc", "cubic")) {
    for (auto const& source : asked.list("src"))
        sources_.push_back(to_address(source));
}

int connector::begin() {
    int const fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) fail("socket");
    set_congestion_control(fd, congestion_control_);
    switch_on(fd, IPPROTO_TCP, TCP_NODELAY);
    bool begun = true;
    if (!sources_.empty()) {
        switch_on(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT);
        auto const from = endpoint(sources_[next_source_++ % sources_.size()], 0);
        begun = bind(fd, generic(from), sizeof from) == 0;
    }
    if (begun) begun = connect(fd, generic(to_), sizeof to_) == 0 || errno == EINPROGRESS;
    if (begun) return fd;
    int const error = errno;
    close(fd);
    errno = error;
    return -1;
}

std::vector<int> connector::open_all(std::size_t count) {
    readiness open;
    std::vector<int> result;
    for (std::size_t i = 0; i < count; ++i) {
        int const fd = begin();
        if (fd < 0) fail("connect");
        result.push_back(fd);
        open.add(fd, EPOLLOUT | EPOLLONESHOT, i);
    }
    auto const limit = monotonic_ns() + 5'000'000'000;
    for (std::size_t done = 0; done < count;) {
        if (monotonic_ns() > limit)
            throw std::runtime_error("only " + std::to_string(done) + " of " +
                                     std::to_string(count) + " connections in five seconds");
        for (auto const& event : open.wait()) {
            errno = pending_error(result[event.data.u64]);
            if (errno != 0) fail("connect");
            ++done;
        }
    }
    return result;
}

int listen_on(std::string const& address, std::uint16_t port, bool shared) {
    int const fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) fail("socket");
    switch_on(fd, SOL_SOCKET, SO_REUSEADDR);
    if (shared) switch_on(fd, SOL_SOCKET, SO_REUSEPORT);
    set_congestion_control(fd, "cubic");
    auto const at = endpoint(to_address(address), port);
    if (bind(fd, generic(at), sizeof at) != 0 || listen(fd, SOMAXCONN) != 0)
        fail("port " + std::to_string(port));
    return fd;
}

int pending_error(int socket) {
    int error = 0;
    socklen_t size = sizeof error;
    return getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

void reset(int socket) {
    linger const at_once{1, 0};
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(socket);
}

readiness::readiness() : fd_(epoll_create1(EPOLL_CLOEXEC)) {
    if (fd_ < 0) fail("epoll");
}

readiness::~readiness() {
    close(fd_);
}

void readiness::add(int socket, std::uint32_t events, std::uint64_t number) {
    epoll_event event{events, {.u64 = number}};
    if (epoll_ctl(fd_, EPOLL_CTL_ADD, socket, &event) != 0) fail("epoll");
}

void readiness::change(int socket, std::uint32_t events, std::uint64_t number) {
    epoll_event event{events, {.u64 = number}};
    if (epoll_ctl(fd_, EPOLL_CTL_MOD, socket, &event) != 0) fail("epoll");
}

void readiness::remove(int socket) {
    epoll_ctl(fd_, EPOLL_CTL_DEL, socket, nullptr);
}

std::vector<epoll_event> const& readiness::wait(int timeout) {
    ready_.resize(most_ready);
    int const count = epoll_wait(fd_, ready_.data(), most_ready, timeout);
    ready_.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return ready_;
}

void lift_descriptor_limit() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace peers
