// One connection between two stacks, whatever carries it: control messages, notices and packets,
// never blocking.
#pragma once

#include "cf/xcf/frame.hpp"

#include <cstddef>
#include <cstdint>
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
    virtual void on_closed(std::string const& why) = 0;  ///< last, once; the descriptors are closed
};

struct link_counters {
    std::uint64_t packets_sent = 0;
    std::uint64_t packets_dropped = 0;  ///< the other side, or the network, did not take them
    std::uint64_t packets_received = 0;
    std::uint64_t messages_sent = 0;  ///< control messages and notices
    std::uint64_t messages_received = 0;
};

/// Control messages and notices are delivered in order; whether packets keep their place among them
/// the kinds of links say. The owner puts fd() into its loop: on_readable() when it is readable,
/// on_writable() when it is writable and wants_write(). One thread.
class link {
  public:
    virtual ~link() = default;
    link(link const&) = delete;
    link& operator=(link const&) = delete;

    virtual int fd() const = 0;  ///< -1 once closed
    bool is_open() const { return fd() >= 0; }
    virtual bool wants_write() const = 0;
    /// Where packets arrive if not at fd(): on_packets_readable() when it is readable. It stays the
    /// same from on_hello() to on_closed().
    virtual int packet_fd() const { return -1; }

    /// The other side, once it has said hello.
    std::optional<hello> const& peer() const { return peer_; }
    link_counters const& counters() const { return counters_; }

    /// Sent in order and never lost while the link is open: queued when the socket is full. A queue
    /// beyond queue_limit closes the link: the other side has stopped reading. It learns so from
    /// on_closed, and so does the owner.
    void send(control const& message, receiver& owner) { enqueue(encode(message), owner); }
    void send(notice const& what, receiver& owner) { enqueue(encode(what), owner); }
    /// `parts` make one IP packet. Dropped, and counted, if the link cannot take it now.
    virtual bool send(packet_header const& header,
                      std::span<std::span<std::byte const> const> parts) = 0;

    /// Reads what is there, at most `budget` frames or datagrams. True if there may be more.
    virtual bool on_readable(receiver& owner, std::size_t budget = 64) = 0;
    virtual bool on_packets_readable(receiver&, std::size_t /*budget*/ = 256) { return false; }
    virtual void on_writable(receiver& owner) = 0;
    virtual void close(std::string const& why, receiver& owner) = 0;

    static constexpr std::size_t queue_limit = std::size_t{1} << 20U;

  protected:
    explicit link(std::string sysplex) : sysplex_(std::move(sysplex)) {}

    virtual void enqueue(std::vector<std::byte> message, receiver& owner) = 0;
    /// Makes ready for the other side, now that it has said who it is. Returns why not, or nothing.
    virtual std::string admit(hello const& peer) = 0;

    /// Checks a frame and hands it on; closes the link if it should not have come.
    void dispatch(std::span<std::byte const> bytes, receiver& owner);
    void close_because_nobody_reads(receiver& owner);

    link_counters counters_;

  private:
    void greet(hello const& peer, receiver& owner);

    std::string sysplex_;
    std::optional<hello> peer_;
};

}  // namespace cf::xcf
