// A UDP socket as an application sees it: packets between a Unix SOCK_SEQPACKET socket, in the form
// of app/datagram.hpp, and a socket of the shard.
#pragma once

#include "app/datagram.hpp"
#include "app/error.hpp"
#include "daemon/loop/shard_loop.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <poll.h>

namespace tcpplexd {

/// What a UDP socket is to be called. `remote` without a port: connected to nobody.
struct datagram_name {
    stack::endpoint local;
    stack::endpoint remote;
    stack::udp::bind_options options = {};
};

/// The daemon's end of a UDP socket whose other end an application holds. Lives until the
/// application has closed that, then closes the shard's socket and frees itself: what waits for the
/// application owns it.
///
/// What the application is slow to read waits in the shard's socket, where UDPRCVBUFRSIZE bounds
/// it and what is lost is counted. What it writes is sent at once. An error has room for one: the
/// newest is told, with the count of all that were not sent.
class datagram_pipe : public datagram_user, public std::enable_shared_from_this<datagram_pipe> {
  public:
    /// Opens a socket of `job` and moves packets between it and `descriptor`, which is taken over.
    /// The socket's name, or why it can't have it.
    static app::result<stack::four_tuple> open(shard_loop& loop, std::string const& job,
                                               datagram_name const& wanted, int descriptor);

    void on_datagrams(std::uint64_t cookie) override;

  private:
    datagram_pipe(shard_loop& loop, std::string const& job, int descriptor);
    stack::error_code name(datagram_name const& wanted);
    stack::udp::sockets& sockets() { return loop_.core().udp(); }

    void pull_from_application();
    void await_application_data();
    void await_application_end();
    bool is_open() const { return application_.is_open(); }
    bool application_gone() { return application_shows(POLLHUP); }
    bool application_shows(short event);
    void send(std::span<std::byte const> packet);
    void not_sent(int error, app::datagram_header const& to);

    void push_to_application();
    void await_application_room();
    bool push_error();
    bool write_packet(app::datagram_header const& header, stack::fragments const& payload);
    void die();

    shard_loop& loop_;
    boost::asio::posix::stream_descriptor application_;
    std::uint64_t cookie_;
    stack::udp::socket_id socket_;
    std::optional<app::datagram_header> error_;  ///< to be told
    std::uint32_t unsent_ = 0;                   ///< datagrams of the application
    bool reading_ = false;                       ///< an async_wait for packets is outstanding
    bool writing_ = false;                       ///< an async_wait for room is outstanding
};

/// Why a UDP socket can't have its name: names the object and the remedy.
std::string explain(datagram_name const& wanted, stack::error_code why);

}  // namespace tcpplexd
