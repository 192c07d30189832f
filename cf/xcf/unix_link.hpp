// One connection between two stacks of a machine: control messages, notices and packets in one
// order.
#pragma once

#include "cf/failure.hpp"
#include "cf/xcf/link.hpp"

#include <deque>
#include <memory>

namespace cf::xcf {

/// A SOCK_SEQPACKET Unix socket. A packet is dropped if the socket is full or messages are waiting
/// before it.
class unix_link final : public link {
  public:
    /// Connects to the listener at `path` and says hello. Errors: nobody listens, not allowed.
    static result<std::unique_ptr<link>> connect(std::string const& path, hello const& self);
    /// An accepted connection (see unix_listener). Takes the descriptor.
    unix_link(int descriptor, hello const& self);
    ~unix_link() override;

    int fd() const override { return descriptor_; }
    bool wants_write() const override { return is_open() && !queue_.empty(); }
    using link::send;
    bool send(packet_header const& header,
              std::span<std::span<std::byte const> const> parts) override;
    bool on_readable(receiver& owner, std::size_t budget = 64) override;
    void on_writable(receiver& owner) override;
    void close(std::string const& why, receiver& owner) override;

  private:
    void enqueue(std::vector<std::byte> message, receiver& owner) override;
    /// The listener's and the connector's checks of the process are enough.
    std::string admit(hello const&) override { return {}; }

    int descriptor_;
    std::deque<std::vector<std::byte>> queue_;  // control messages and notices that did not fit
    std::size_t queued_bytes_ = 0;
    std::vector<std::byte> buffer_;
};

}  // namespace cf::xcf
