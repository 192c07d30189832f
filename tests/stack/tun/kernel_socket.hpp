// Sockets of the kernel, the peer of a stack under test.
#pragma once

#include <cstdint>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace stack::testing {

/// Of either family, connected to the stack; it waits ten seconds at most.
class kernel_socket {
  public:
    kernel_socket(int type, char const* host, std::uint16_t port) {
        sockaddr_in6 v6{};
        sockaddr_in v4{};
        bool const is_v4 = inet_pton(AF_INET, host, &v4.sin_addr) == 1;
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(port);
        if (!is_v4) inet_pton(AF_INET6, host, &v6.sin6_addr);
        fd_ = ::socket(is_v4 ? AF_INET : AF_INET6, type | SOCK_CLOEXEC, 0);
        timeval const patience{10, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        connected_ =
            (is_v4 ? ::connect(fd_, reinterpret_cast<sockaddr const*>(&v4), sizeof v4)
                   : ::connect(fd_, reinterpret_cast<sockaddr const*>(&v6), sizeof v6)) == 0;
    }
    ~kernel_socket() { ::close(fd_); }
    kernel_socket(kernel_socket const&) = delete;
    kernel_socket& operator=(kernel_socket const&) = delete;

    int get() const { return fd_; }
    bool connected() const { return connected_; }

  private:
    int fd_ = -1;
    bool connected_ = false;
};

}  // namespace stack::testing
