// epoll with a number for each descriptor.
#pragma once

#include "app/descriptor.hpp"

#include <array>
#include <cstdint>
#include <span>

#include <sys/epoll.h>

namespace operators {

/// Level triggered. Closing a descriptor takes it out.
class poller {
  public:
    poller();

    /// `events` as for epoll_ctl; 0 leaves EPOLLERR and EPOLLHUP.
    void add(int fd, std::uint64_t tag, std::uint32_t events);
    void change(int fd, std::uint64_t tag, std::uint32_t events);
    void remove(int fd);
    /// At most `milliseconds`; -1: as long as it takes. epoll_event::data.u64 is the tag.
    std::span<epoll_event const> wait(int milliseconds);

  private:
    app::descriptor epoll_;
    std::array<epoll_event, 256> ready_{};
};

}  // namespace operators
