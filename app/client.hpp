// The client library: an application's or operator's connection to one stack.
#pragma once

#include "app/channel.hpp"
#include "app/message/reply.hpp"
#include "app/message/request.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace app {

/// An open TCP connection of the stack. `stream` is a Unix stream socket: read, write, poll, epoll,
/// sendfile, dup, fork and exec work on it. The peer's FIN is the end of the file, a reset is
/// ECONNRESET; shutdown(SHUT_WR) sends our FIN, close with received data unread resets. It outlives
/// the client, and becomes an end of file when the daemon dies.
struct connection {
    endpoint local;
    endpoint remote;
    descriptor stream;
    std::uint64_t number = 0;  ///< its name for change_options() and ask_info()
};

/// An open UDP socket of the stack. `packets` is a Unix SOCK_SEQPACKET socket: send_datagram() and
/// receive_datagram() of app/datagram.hpp, poll, epoll, dup, fork and exec work on it. It outlives
/// the client, and becomes an end of file when the daemon dies.
struct datagrams {
    endpoint local;
    endpoint remote;  ///< empty: connected to nobody
    descriptor packets;
};

/// A reply that came: to which request, what it says, and the descriptor if it brought one.
struct answer {
    std::uint64_t id = 0;
    reply_body body;
    descriptor attached;
};

/// Talks to one stack over its control socket; not for use by two threads at once.
///
/// Either call and wait (connect, display, ...), or submit() several requests and take the answers
/// with next() as they come, in any order. When the daemon ends, every request fails with
/// ECONNRESET.
class client {
  public:
    using clock = std::chrono::steady_clock;

    /// `socket_path` as locate_stack() gives it. ENOENT and ECONNREFUSED: no daemon; EACCES: not
    /// permitted.
    static result<client> open(std::string const& socket_path);
    /// Speaks over a socket that is already connected; `name` stands for the stack in messages.
    client(descriptor socket, std::string name);

    result<connection> connect(connect_request asked);
    result<bound> bind(bind_request asked);
    result<listening> listen(listen_request asked);
    result<datagrams> open_datagrams(datagram_request asked);
    result<connection> accept(std::uint64_t listener);
    result<closed> close(close_request asked);
    result<options> change_options(options_request asked);
    result<info> ask_info(info_request asked);
    result<boost::json::object> display(display_request asked);
    /// For what changes the configuration. `failed` is an ordinary outcome here, with its messages;
    /// an error means that there was no outcome.
    result<reply_body> change(request_body asked);
    result<alive> ping();

    /// Queues a request, sends what the socket takes, and returns its id. Never waits.
    std::uint64_t submit(request_body asked);
    /// The next answer. Waits until `deadline` (none: as long as it takes; past: not at all) and
    /// returns nothing if none came. An error means that the control connection is lost, and with
    /// it every request.
    result<std::optional<answer>> next(std::optional<clock::time_point> deadline = std::nullopt);
    std::size_t outstanding() const { return outstanding_.size(); }

    /// For poll(): readable, or writable while wants_write(), means that next() with a past
    /// deadline has work.
    int native() const { return channel_.native(); }
    bool wants_write() const { return channel_.wants_write(); }

  private:
    result<answer> call(request_body asked);
    template <typename Reply>
    result<Reply> call_for(request_body asked);
    result<connection> call_for_connection(request_body asked);

    result<void> wait_until(std::optional<clock::time_point> deadline, bool& ready);
    result<void> exchange();
    result<void> take(frame received);
    error lost(error const& why) const;

    channel channel_;
    std::string name_;
    std::uint64_t last_id_ = 0;
    std::map<std::uint64_t, request_body> outstanding_;
    std::deque<answer> arrived_;
    std::optional<error> broken_;
};

}  // namespace app
