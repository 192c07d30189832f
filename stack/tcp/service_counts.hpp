// What has become of the connections that listeners were asked for.
#pragma once

#include <cstdint>

namespace stack::tcp {

/// Since the listeners began; those waiting now.
struct service_counts {
    std::uint64_t established = 0;  ///< handshakes completed
    std::uint64_t failed = 0;       ///< handshakes given up that the peer has not completed
    std::uint64_t refused = 0;      ///< connections asked for while the backlog was full
    std::uint64_t accepted = 0;     ///< taken by the server
    std::uint32_t waiting = 0;      ///< in the backlog, to be accepted
    std::uint32_t backlog = 0;      ///< how many may wait

    service_counts& operator+=(service_counts const& other) {
        established += other.established;
        failed += other.failed;
        refused += other.refused;
        accepted += other.accepted;
        waiting += other.waiting;
        backlog += other.backlog;
        return *this;
    }
};

}  // namespace stack::tcp
