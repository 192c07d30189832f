// TLS 1.3 between two stacks, without the socket: bytes from the network go in, bytes for it come
// out.
#pragma once

#include "cf/xcf/secure/datagram_key.hpp"
#include "cf/xcf/secure/tls_identity.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

struct ssl_st;

namespace cf::xcf {

/// The side that called, and the side that was called.
enum class tls_role : std::uint8_t { dials, accepts };

class tls_session {
  public:
    tls_session(std::shared_ptr<tls_identity const> self, tls_role role);
    ~tls_session();
    tls_session(tls_session const&) = delete;
    tls_session& operator=(tls_session const&) = delete;

    /// Takes what came from the network and goes on with the handshake. False: refused, failed or
    /// closed by the other side, see why(); what is in output() should still be sent.
    bool receive(std::span<std::byte const> bytes);
    /// Decrypts into `into`; returns how many bytes. 0: no more yet, or failed, see has_failed().
    std::size_t read(std::span<std::byte> into);
    /// After is_established(): encrypts.
    void write(std::span<std::byte const> bytes);
    /// What is to be sent, as much as fits, is moved to the end of `into`.
    void take_output(std::vector<std::byte>& into);

    /// The handshake is complete: the other side has a certificate signed by our CA.
    bool is_established() const;
    bool has_failed() const { return !why_.empty(); }
    std::string const& why() const { return why_; }
    /// Whether the other side's certificate is that of `stack`.
    bool peer_is(std::string const& stack) const;
    /// Keys that both sides have and nobody else (RFC 8446 7.5), other ones for each number.
    datagram_keys export_keys(std::uint64_t number) const;

  private:
    bool check(int outcome);

    std::shared_ptr<tls_identity const> self_;
    std::unique_ptr<ssl_st, void (*)(ssl_st*)> ssl_;
    tls_role role_;
    std::string why_;
};

}  // namespace cf::xcf
