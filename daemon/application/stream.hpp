// One connection as an application sees it: bytes between a Unix stream socket and a socket of the
// shard.
#pragma once

#include "daemon/loop/shard_loop.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <cstdint>
#include <memory>

#include <sys/types.h>

namespace tcpplexd {

/// Where the application's end of a connection was handed to.
struct application_end {
    pid_t process = 0;
    ino_t inode = 0;
};

/// The daemon's end of a connection whose other end an application holds. Lives until both
/// directions have ended or one side is dead, then closes the shard's socket and the descriptor and
/// frees itself.
///
/// End of the application's data: FIN. Application gone: the connection is given up (closed in
/// order, or reset if it left data unread). FIN from the peer: shutdown(SHUT_WR). Reset or
/// time-out: ECONNRESET (see leave_unread_byte).
class stream : public socket_user, public std::enable_shared_from_this<stream> {
  public:
    /// Takes over `descriptor` (a Unix stream socket), and a connected or accepted `socket` with
    /// the events of its `cookie`.
    static void start(shard_loop& loop, stack::socket_id socket, std::uint64_t cookie,
                      int descriptor, application_end const& peer);

    ~stream() override;
    void on_event(stack::event const& what) override;

  private:
    stream(shard_loop& loop, stack::socket_id socket, std::uint64_t cookie, int descriptor,
           application_end const& peer);
    void run();
    void pull_from_application();
    void push_to_application();
    void await_application_data();
    void await_application_room();
    void await_application_end();
    void application_ended();
    void reset_application();
    void die();
    bool application_gone();

    shard_loop& loop_;
    boost::asio::posix::stream_descriptor application_;
    std::shared_ptr<stream> self_;  ///< keeps the pump alive until die()
    stack::socket_id socket_;
    std::uint64_t cookie_;
    application_end peer_;
    bool reading_ = false;   ///< an async_wait for data is outstanding
    bool writing_ = false;   ///< an async_wait for room is outstanding
    bool sent_fin_ = false;  ///< the application's data has ended
    bool told_end_ = false;  ///< the application has been told of the peer's end
    bool finished_ =
        false;  ///< the connection has ended in order, what was received may still wait here
};

}  // namespace tcpplexd
