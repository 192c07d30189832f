// Which range of EXPLICITBINDPORTRANGE is in effect in the sysplex.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <optional>

namespace tcpplexd {

/// A range as a stack's profile or OBEYFILE has specified it. Of two, the greater is in effect.
struct explicit_bind_range {
    /// When it was processed, in ms of the Unix epoch; later than all that its stack knew of then,
    /// whatever the clocks say.
    std::int64_t since = 0;
    std::uint16_t first = 0;  ///< at least 1024
    std::uint16_t last = 0;
    friend auto operator<=>(explicit_bind_range const&, explicit_bind_range const&) = default;
};

/// The last range that any stack has specified (IP Configuration Guide: it holds for all of the
/// sysplex). Each stack keeps it, and tells it the others, so that it outlives the stack that
/// specified it.
class latest_bind_range {
  public:
    std::optional<explicit_bind_range> const& get() const { return latest_; }

    /// This stack's profile names it now.
    void specify(std::uint16_t first, std::uint16_t last, std::int64_t now) {
        auto const since = latest_ ? std::max(now, latest_->since + 1) : now;
        latest_ = explicit_bind_range{since, first, last};
    }
    /// Another stack knows of it.
    void hear(std::optional<explicit_bind_range> const& other) {
        if (other && (!latest_ || *other > *latest_)) latest_ = other;
    }

  private:
    std::optional<explicit_bind_range> latest_;
};

}  // namespace tcpplexd
