// How the harness tells a peer to open connections: a datagram "ADDRESS PORT SECONDS CONCURRENT" on
// a Unix socket, answered by one of how many cycles there were.
#pragma once

#include <optional>
#include <string>

#include <sys/un.h>

namespace peers {

struct outbound_order {
    std::string address;
    int port = 0;
    double seconds = 0;
    int concurrent = 0;
};

/// One order at a time.
class control_socket {
  public:
    explicit control_socket(std::string const& path);
    ~control_socket();
    control_socket(control_socket const&) = delete;
    control_socket& operator=(control_socket const&) = delete;

    int descriptor() const { return fd_; }
    /// Nothing if there is none, or what came is none.
    std::optional<outbound_order> receive();
    void answer(unsigned long cycles);

  private:
    int fd_;
    std::string path_;
    sockaddr_un from_{};
    unsigned from_size_ = 0;
};

}  // namespace peers
