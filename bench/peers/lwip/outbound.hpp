// Connections that lwIP opens.
#pragma once

#include "control_socket.hpp"

#include <cstdint>

extern "C" {  // Debian's lwipopts.h does not say so itself
#include <lwip/tcp.h>
}

namespace peers::lwip {

/// One order at a time: so many cycles at once of connect, the peer's FIN, close. With the core
/// lock held.
class outbound {
  public:
    /// `end_ns`: when the last one is begun.
    void begin(outbound_order const& order, std::uint64_t end_ns);
    /// Once, when an order's time is over.
    bool has_ended(std::uint64_t now_ns);
    unsigned long cycles() const { return cycles_; }
    bool is_busy() const { return busy_; }

  private:
    static err_t received(void* self, tcp_pcb* connection, pbuf* data, err_t error);
    void open_one();

    ip_addr_t address_{};
    u16_t port_ = 0;
    std::uint64_t end_ns_ = 0;
    unsigned long cycles_ = 0;
    bool busy_ = false;
};

}  // namespace peers::lwip
