// Whether to look again for packets or to sleep until the kernel wakes the thread.
#pragma once

#include "stack/core/time.hpp"

#include <cstdint>

namespace tcpplexd {

/// Waking a thread that sleeps costs more than a short wait for the next packet, where there is
/// one: after packets it looks for more for a while. Where that was in vain, it is left out the
/// next times, twice as often each time, so that neither a quiet stack nor one that shares its
/// processor with its peers pays for it.
class busy_poll {
  public:
    /// Packets have come.
    void came(stack::instant now);
    /// None have. Whether to look again at once.
    bool goes_on(stack::instant now);

    /// Long enough for a peer on this machine to answer: bench/peers has seen round trips of 23 to
    /// 48 us at the median. Other lengths have not been compared.
    static constexpr stack::duration length = std::chrono::microseconds(50);
    /// Times it is left out at most.
    static constexpr std::uint32_t most_left_out = 1024;

  private:
    stack::instant since_{};
    std::uint32_t next_left_out_ = 1;
    std::uint32_t left_out_ = 0;  ///< times more that it is
    bool looking_ = false;
};

}  // namespace tcpplexd
