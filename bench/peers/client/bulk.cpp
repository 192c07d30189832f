#include "measurement.hpp"
#include "modes.hpp"
#include "sockets.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <netinet/tcp.h>
#include <sys/socket.h>

namespace peers {
namespace {

constexpr std::size_t chunk = 262144;
/// One connection's turn, so that eight share the time.
constexpr std::size_t turn = 1 << 20;

/// tcpi_bytes_acked, which the tcp_info of <netinet/tcp.h> may end before.
std::uint64_t acknowledged(int socket) {
    constexpr std::size_t offset = 120;
    std::array<std::byte, 512> info{};
    auto size = static_cast<socklen_t>(info.size());
    std::uint64_t bytes = 0;
    if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, info.data(), &size) == 0)
        std::memcpy(&bytes, info.data() + offset, sizeof bytes);
    return bytes;
}

class flows {
  public:
    flows(arguments const& asked, bool sends)
        : sends_(sends),
          sockets_(connector(asked).open_all(static_cast<std::size_t>(asked.number("conns", 1)))),
          received_(sockets_.size()),
          buffer_(chunk, 'x') {
        for (std::size_t i = 0; i < sockets_.size(); ++i)
            ready_.add(sockets_[i], sends_ ? EPOLLOUT : EPOLLIN, i);
    }
    ~flows() {
        for (int socket : sockets_)
            reset(socket);
    }
    flows(flows const&) = delete;
    flows& operator=(flows const&) = delete;

    void step() {
        for (auto const& event : ready_.wait())
            move(event.data.u64);
    }
    std::uint64_t bytes() const {
        std::uint64_t total = 0;
        for (std::size_t i = 0; i < sockets_.size(); ++i)
            total += sends_ ? acknowledged(sockets_[i]) : received_[i];
        return total;
    }

  private:
    void move(std::size_t flow) {
        for (std::size_t moved = 0; moved < turn;) {
            ssize_t const count = sends_ ? send(sockets_[flow], buffer_.data(), chunk, 0)
                                         : recv(sockets_[flow], buffer_.data(), chunk, 0);
            if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
            if (count <= 0) throw std::runtime_error("a connection ended");
            received_[flow] += static_cast<std::uint64_t>(count);
            moved += static_cast<std::size_t>(count);
            if (static_cast<std::size_t>(count) < chunk) return;
        }
    }

    bool sends_;
    std::vector<int> sockets_;
    std::vector<std::uint64_t> received_;  ///< or handed to the kernel
    std::vector<char> buffer_;
    readiness ready_;
};

void bulk(arguments const& asked, bool sends) {
    flows all(asked, sends);
    measurement time(asked);
    std::uint64_t before = 0;
    while (!time.over()) {
        if (time.begins()) before = all.bytes();
        all.step();
    }
    auto const bytes = static_cast<double>(all.bytes() - before);
    time.print({{"value", bytes * 8 / 1e9 / time.end()}});
}

}  // namespace

void bulk_send(arguments const& asked) {
    bulk(asked, true);
}

void bulk_receive(arguments const& asked) {
    bulk(asked, false);
}

}  // namespace peers
