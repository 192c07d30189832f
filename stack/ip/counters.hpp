// Counts of what happened to packets, by name.
#pragma once

#include "stack/ip/drop_reason.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace stack::ip {

enum class counter : std::uint8_t {
#define COUNTER(name, shown, text) name,
#include "stack/ip/counter.def"
#undef COUNTER
    count
};

/// A counter as displays show it.
struct counted {
    std::string_view name;      ///< "ip.packets_in", "drop.no_route"
    std::string_view protocol;  ///< "IP", "ICMP", "TCP", "UDP" or "DVIPA"
    std::string_view text;      ///< what one more of it means
    std::uint64_t value = 0;
};

class counters {
  public:
    void add(counter which) { ++counts_[static_cast<std::size_t>(which)]; }
    void drop(drop_reason reason) { ++drops_[static_cast<std::size_t>(reason)]; }
    std::uint64_t value(counter which) const { return counts_[static_cast<std::size_t>(which)]; }
    std::uint64_t value(drop_reason reason) const {
        return drops_[static_cast<std::size_t>(reason)];
    }
    void each(std::function<void(counted const&)> const& visit) const;

  private:
    std::array<std::uint64_t, static_cast<std::size_t>(counter::count)> counts_{};
    std::array<std::uint64_t, static_cast<std::size_t>(drop_reason::count)> drops_{};
};

}  // namespace stack::ip
