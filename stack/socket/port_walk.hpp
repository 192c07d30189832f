// The order in which ports are tried (RFC 6056).
#pragma once

#include "stack/core/siphash.hpp"
#include "stack/wire/keyed_hash.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace stack::socket {

/// RFC 6056 3.3.4, double-hash selection: flows to different places walk the range from different
/// starts, so that no observer of one predicts the others, while a port comes round again as late
/// as possible.
class port_walk {
  public:
    explicit port_walk(siphash_key const& key) : hash_{key} {}

    /// The next port of [first, last] for `flow`, whose local port is 0, that fits(port); nothing
    /// if none does.
    template <class Fits>
    std::optional<std::uint16_t> pick(std::uint16_t first, std::uint16_t last,
                                      four_tuple const& flow, Fits&& fits) {
        if (last < first) return std::nullopt;
        std::uint32_t const count = static_cast<std::uint32_t>(last - first) + 1;
        std::uint64_t const hash = hash_(flow);
        auto& turn = turns_[hash >> 56];
        auto const start = static_cast<std::uint32_t>(hash);
        for (std::uint32_t i = 0; i < count; ++i) {
            auto const port = static_cast<std::uint16_t>(first + (start + turn++) % count);
            if (fits(port)) return port;
        }
        return std::nullopt;
    }

  private:
    wire::keyed_hash hash_;
    std::array<std::uint32_t, 256> turns_{};
};

}  // namespace stack::socket
