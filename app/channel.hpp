// Frames over a Unix stream socket: a length, that many bytes, and at most one descriptor.
#pragma once

#include "app/descriptor.hpp"
#include "app/error.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace app {

/// The largest bodies a daemon and a client accept, in bytes.
inline constexpr std::size_t max_request = std::size_t{16} << 20;
inline constexpr std::size_t max_reply = std::size_t{256} << 20;

/// One frame. On the wire: the body's length as 4 bytes, least significant first, then the body. A
/// descriptor travels (SCM_RIGHTS) with the first of the length's bytes.
struct frame {
    std::string body;
    descriptor attached;
    /// A descriptor was sent but this process had no room for it (RLIMIT_NOFILE): report EMFILE.
    bool descriptor_lost = false;
};

/// One side of a control connection. It has no loop of its own: call on_readable and on_writable
/// when the socket is ready (level or edge triggered; both go on until the socket would block).
class channel {
  public:
    /// Takes a connected Unix stream socket, blocking or not: no call here waits. A longer body
    /// than `receive_limit` ends it.
    channel(descriptor socket, std::size_t receive_limit);

    int native() const { return socket_.get(); }

    enum class reading {
        drained,  ///< nothing more for now
        more,     ///< `limit` frames were taken; call again
        closed,   ///< the peer ended the connection between two frames
    };
    /// Appends at most `limit` complete frames to `out`. Errors (EPROTO for a broken frame,
    /// EMSGSIZE for one too long, ECONNRESET) leave the channel unusable; frames appended before
    /// the error are valid.
    result<reading> on_readable(std::vector<frame>& out, std::size_t limit = 64);

    /// Queues a frame; nothing is written before on_writable. `body` is at most 4 GiB - 1.
    void queue(std::string body, descriptor attached = {});
    /// Writes until the queue is empty or the socket would block. ETOOMANYREFS (too many
    /// descriptors under way) leaves the frame in the queue to be tried again later; after other
    /// errors the channel is unusable.
    result<void> on_writable();
    bool wants_write() const { return !outgoing_.empty(); }
    /// Bytes queued and not yet taken by the socket: what a daemon limits before it reads more
    /// requests.
    std::size_t queued_bytes() const { return queued_bytes_; }

  private:
    using length_bytes = std::array<std::uint8_t, 4>;
    struct outgoing_frame {
        length_bytes header;
        std::string body;
        descriptor attached;
    };
    enum class step { progress, complete, blocked, closed };

    result<step> read_header();
    result<step> read_body();
    result<std::size_t> write_some(outgoing_frame const& next);

    descriptor socket_;
    std::size_t receive_limit_;
    length_bytes header_{};
    std::size_t header_filled_ = 0;
    std::size_t body_filled_ = 0;
    frame incoming_;
    std::deque<outgoing_frame> outgoing_;
    std::size_t written_ = 0;  ///< bytes of the first outgoing frame that the socket has taken
    std::size_t queued_bytes_ = 0;
};

}  // namespace app
