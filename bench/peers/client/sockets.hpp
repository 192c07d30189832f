// The kernel sockets of the client, never blocking.
#pragma once

#include "arguments.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <netinet/in.h>
#include <sys/epoll.h>

namespace peers {

/// Opens connections to addr= and port=, from the addresses src= in turn.
class connector {
  public:
    explicit connector(arguments const& asked, std::size_t first_source = 0);
    /// A connection under way; -1 and errno if it can't be begun.
    int begin();
    /// `count` established connections; throws if that takes longer than five seconds.
    std::vector<int> open_all(std::size_t count);

  private:
    sockaddr_in to_;
    std::vector<in_addr> sources_;
    std::size_t next_source_;
    std::string congestion_control_;
};

/// `shared`: several processes listen on the port.
int listen_on(std::string const& address, std::uint16_t port, bool shared);
int pending_error(int socket);
/// Resets instead of closing, so that nothing stays behind.
void reset(int socket);

/// An epoll instance whose user data are numbers.
class readiness {
  public:
    readiness();
    ~readiness();
    readiness(readiness const&) = delete;
    readiness& operator=(readiness const&) = delete;

    void add(int socket, std::uint32_t events, std::uint64_t number);
    void change(int socket, std::uint32_t events, std::uint64_t number);
    void remove(int socket);
    /// What is ready, at latest after `timeout` milliseconds.
    std::vector<epoll_event> const& wait(int timeout = 20);

  private:
    int fd_;
    std::vector<epoll_event> ready_;
};

/// Lifts the limit of open descriptors as far as this process may.
void lift_descriptor_limit();

}  // namespace peers
