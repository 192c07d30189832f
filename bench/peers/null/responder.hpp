// Not a stack: answers the packets of echo, discard and chargen with the least any stack must do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace peers {

/// No timers, no retransmission, no checks, hardly any state. Measured like a stack, it is the
/// ceiling that TUN and the client's kernel leave to any stack of one thread.
class responder {
  public:
    /// `tun`: with or without vnet headers.
    responder(int tun, bool offloads);
    void answer(std::span<std::byte const> packet);

  private:
    struct segment;
    /// Chargen: how far a connection's stream has got, and how far it is acknowledged.
    struct stream {
        std::uint32_t next = 0;
        std::uint32_t acknowledged = 0;
    };

    void generate(segment const& in);
    void send(segment const& in, std::uint8_t flags, std::uint32_t sequence,
              std::uint32_t acknowledgement, std::span<std::byte const> data);

    int tun_;
    bool offloads_;
    std::vector<std::byte> characters_;
    std::unordered_map<std::uint64_t, stream> streams_;  ///< by address and port of the client
};

}  // namespace peers
