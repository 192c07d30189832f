// Randomness as the core sees it: a source handed in by whoever makes the core.
#pragma once

#include <cstdint>

namespace stack {

/// Unpredictable bits for ISNs, ports and hash keys. The daemon draws them from getrandom(2), the
/// simulator from its seed.
class entropy {
  public:
    virtual ~entropy() = default;
    virtual std::uint64_t next() = 0;
};

}  // namespace stack
