// One connection between two stacks of a machine: control messages, notices and packets in one
// order, never blocking.
#pragma once

#include "cf/failure.hpp"
#include "cf/xcf/frame.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cf::xcf {

/// What arrives. Spans are valid during the call. Nothing may destroy the link from inside a call.
class receiver {
  public:
    virtual ~receiver() = default;
    virtual void on_hello(hello const& peer) = 0;  ///< first, once
    virtual void on_control(control const& message) = 0;
    virtual void on_notice(notice const& what) = 0;
    virtual void on_packet(packet const& what) = 0;
    virtual void on_closed(std::string const& why) = 0;  ///< last, once; the descriptor is closed
};

struct link_counters {
    std::uint64_t packets_sent = 0;
    std::uint64_t packets_dropped = 0;  ///< the other side did not read fast enough
    std::uint64_t packets_received = 0;
    std::uint64_t messages_sent = 0;  ///< control messages and notices
    std::uint64_t messages_received = 0;
};

/// A SOCK_SEQPACKET Unix socket. The owner puts fd() into its loop: on_readable() when it is
/// readable, on_writable() when it is writable and wants_write(). One thread.
class link {
  public:
    /// Connects to the listener at `path` and says hello. Errors: nobody listens, not allowed.
    static result<std::unique_ptr<link>> connect(std::string const& path, hello const& self);
    /// An accepted connection (see listener). Takes the descriptor.
    link(int descriptor, hello const& self);
    ~link();
    link(link const&) = delete;
    link& operator=(link const&) = delete;

    int fd() const { return descriptor_; }  ///< -1 once closed
    bool is_open() const { return descriptor_ >= 0; }
    bool wants_write() const { return is_open() && !queue_.empty(); }
    /// The other side, once it has said hello.
    std::optional<hello> const& peer() const { return peer_; }
    link_counters const& counters() const { return counters_; }

    /// Sent in order and never lost while the link is open: queued when the socket is full. A queue
    /// beyond queue_limit closes the link: the other side has stopped reading. It learns so from
    /// on_closed, and so does the owner.
    void send(control const& message, receiver& owner);
    void send(notice const& what, receiver& owner);
    /// `parts` make one IP packet. Dropped, and counted, if the socket is full or messages are
    /// waiting before it.
    bool send(packet_header const& header, std::span<std::span<std::byte const> const> parts);

    /// Reads what is there, at most `budget` frames. True if there may be more.
    bool on_readable(receiver& owner, std::size_t budget = 64);
    void on_writable(receiver& owner);
    void close(std::string const& why, receiver& owner);

    static constexpr std::size_t queue_limit = std::size_t{1} << 20U;

  private:
    void enqueue(std::vector<std::byte> message, receiver& owner);
    void dispatch(std::span<std::byte const> bytes, receiver& owner);
    void dispatch(frame const& what, receiver& owner);
    void greet(hello const& peer, receiver& owner);

    int descriptor_;
    std::string sysplex_;
    std::optional<hello> peer_;
    std::deque<std::vector<std::byte>> queue_;  // control messages and notices that did not fit
    std::size_t queued_bytes_ = 0;
    std::vector<std::byte> buffer_;
    link_counters counters_;
};

}  // namespace cf::xcf
