// Does in software what a device without offload can't: cuts super-segments and completes
// checksums.
#pragma once

#include "stack/packet/fragments.hpp"
#include "stack/packet/offload.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace stack {

/// Keeps the buffer it works in.
class segmenter {
  public:
    using taker = std::function<void(fragments const&)>;

    /// Hands `take` the packets that stand for `packet`, in order, each with whole checksums and
    /// needing no offload. Sequence numbers, identification, FIN, PSH and CWR are as RFC 9293 3.8.3
    /// and TSO practice have them: CWR on the first, FIN and PSH on the last. False, and nothing
    /// handed out, if metadata and packet contradict each other.
    bool split(fragments const& packet, offload const& meta, taker const& take);

  private:
    void cut(offload const& meta, std::size_t headers, taker const& take);

    std::vector<std::byte> whole_;
};

/// Completes the transport checksum of a packet whose checksum field holds the pseudo-header
/// sum. `meta` must be sound.
void complete_checksum(std::span<std::byte> packet, offload const& meta);

}  // namespace stack
