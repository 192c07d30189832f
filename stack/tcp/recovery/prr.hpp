// Proportional Rate Reduction: how fast to send during fast recovery.
#pragma once

#include <algorithm>
#include <cstdint>

namespace stack::tcp {

/// RFC 6937 3.1 with the slow-start reduction bound. Bytes.
class prr {
  public:
    void start(std::uint32_t flight) {
        *this = {};
        recover_fs_ = std::max(flight, 1U);
    }
    /// `delivered` bytes have arrived; the window to have now, with `pipe` bytes on the way.
    std::uint32_t on_ack(std::uint32_t delivered, std::uint32_t pipe, std::uint32_t ssthresh,
                         std::uint16_t mss) {
        delivered_ += delivered;
        std::uint32_t count = 0;
        if (pipe > ssthresh) {
            std::uint64_t const due =
                (std::uint64_t{delivered_} * ssthresh + recover_fs_ - 1) / recover_fs_;
            count = due > out_ ? static_cast<std::uint32_t>(due - out_) : 0;
        } else {
            std::uint32_t const owed = delivered_ - std::min(delivered_, out_);
            count = std::min(ssthresh - pipe, std::max(owed, delivered) + mss);
        }
        // The first acknowledgement of a recovery sends a segment again in any case (RFC 6937 3).
        if (out_ == 0) count = std::max<std::uint32_t>(count, mss);
        return pipe + count;
    }
    void on_sent(std::uint32_t bytes) { out_ += bytes; }

  private:
    std::uint32_t recover_fs_ = 1;
    std::uint32_t delivered_ = 0;
    std::uint32_t out_ = 0;
};

}  // namespace stack::tcp
