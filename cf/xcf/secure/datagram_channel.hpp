// Packets between two stacks over a network: cut to the path's MTU, sealed, opened and joined.
#pragma once

#include "cf/failure.hpp"
#include "cf/xcf/secure/datagram_cipher.hpp"
#include "cf/xcf/secure/datagram_socket.hpp"
#include "cf/xcf/secure/joiner.hpp"

#include <memory>
#include <optional>
#include <span>

namespace cf::xcf {

/// Datagrams that were not taken, by reason, and messages that came to nothing.
struct datagram_counters {
    std::uint64_t too_short = 0;
    std::uint64_t other_link = 0;
    std::uint64_t replayed = 0;
    std::uint64_t forged = 0;
    std::uint64_t malformed = 0;   ///< sealed by the peer, and its fragment header is nonsense
    std::uint64_t stray = 0;       ///< see joiner
    std::uint64_t incomplete = 0;  ///< see joiner
};

/// Nothing is allocated after open(), and nothing is looked into before it is authenticated.
/// Messages may be lost, and arrive in another order.
class datagram_channel {
  public:
    /// Errors: see datagram_socket.
    static result<std::unique_ptr<datagram_channel>> open(network_address const& local,
                                                          network_address const& peer,
                                                          datagram_keys const& keys);

    int fd() const { return socket_->fd(); }
    /// Sends the message that `pieces` make, of at most max_frame bytes. False: not all of it went.
    bool send(std::span<std::span<std::byte const> const> pieces);
    /// Takes datagrams, at most `budget`, which it counts down, until one completes a message. That
    /// lasts until the next call.
    std::optional<std::span<std::byte const>> receive(std::size_t& budget);
    /// No datagram can be sent any more: make a new link.
    bool is_used_up() const { return sealer_.is_used_up(); }
    datagram_counters counters() const;

  private:
    datagram_channel(std::unique_ptr<datagram_socket> socket, datagram_keys const& keys);
    /// Seals it into buffer_, in fragments of `stride`. Returns the bytes used; 0: not possible.
    std::size_t seal(std::span<std::span<std::byte const> const> pieces, std::size_t size,
                     std::size_t stride);
    void look_at_path();
    void count(refusal_of_datagram why);

    std::unique_ptr<datagram_socket> socket_;
    datagram_sealer sealer_;
    datagram_opener opener_;
    joiner joiner_;
    std::unique_ptr<std::byte[]> buffer_;  ///< the datagrams of one message
    std::size_t stride_ = 0;               ///< bytes of a message that one datagram takes
    std::uint32_t messages_ = 0;           ///< of more than one fragment
    datagram_counters counters_;
};

}  // namespace cf::xcf
