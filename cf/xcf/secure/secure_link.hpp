// One connection between two stacks over a network: control messages and notices over TLS, packets
// as sealed datagrams.
#pragma once

#include "cf/failure.hpp"
#include "cf/xcf/link.hpp"
#include "cf/xcf/secure/datagram_channel.hpp"
#include "cf/xcf/secure/tls_session.hpp"

#include <memory>

namespace cf::xcf {

/// This stack's end of all its secure links.
struct secure_end {
    std::shared_ptr<tls_identity const> identity;
    network_address listen;  ///< TCP and UDP
};

/// Each side begins with a preamble (version, UDP port) and its hello, which must name the stack
/// that its certificate is for. Frames have their length before them. Packets keep no order among
/// themselves or with notices: the owner of a DVIPA holds a segment that matches nothing until the
/// notice of its connection is there.
class secure_link final : public link {
  public:
    /// Begins to connect. Errors: no way there; all else is told by on_closed.
    static result<std::unique_ptr<link>> connect(network_address const& where,
                                                 secure_end const& self, hello const& who);
    /// A stream socket that is connected, or about to be. Takes the descriptor.
    secure_link(int descriptor, tls_role role, secure_end const& self, hello const& who);
    ~secure_link() override;

    int fd() const override { return descriptor_; }
    bool wants_write() const override;
    int packet_fd() const override { return is_open() && packets_ ? packets_->fd() : -1; }
    using link::send;
    bool send(packet_header const& header,
              std::span<std::span<std::byte const> const> parts) override;
    bool on_readable(receiver& owner, std::size_t budget = 64) override;
    bool on_packets_readable(receiver& owner, std::size_t budget = 256) override;
    void on_writable(receiver& owner) override;
    void close(std::string const& why, receiver& owner) override;
    /// Of the datagrams, once the other side has said hello.
    datagram_counters datagrams() const;

  private:
    void enqueue(std::vector<std::byte> message, receiver& owner) override;
    std::string admit(hello const& peer) override;

    void take(std::span<std::byte const> ciphertext, receiver& owner);
    void take_frames(receiver& owner);
    void introduce();
    void write_frame(std::span<std::byte const> bytes);
    void flush();

    int descriptor_;
    bool connecting_;
    tls_role role_;
    secure_end self_;
    hello who_;
    tls_session session_;
    bool introduced_ = false;
    std::optional<std::uint16_t> peer_port_;  ///< where it receives datagrams; from its preamble
    std::unique_ptr<datagram_channel> packets_;
    std::vector<std::byte> output_;  ///< encrypted, not sent yet
    std::vector<std::byte> input_;   ///< decrypted, not a whole frame yet
};

}  // namespace cf::xcf
