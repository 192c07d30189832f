// What the engine counts: one list gives the enumeration, the numbers and their texts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace stack::tcp {

enum class counter : std::uint8_t {
#define COUNTER(name, text) name,
#include "stack/tcp/counters.def"
#undef COUNTER
    end_of_list
};

inline constexpr std::size_t counter_count = static_cast<std::size_t>(counter::end_of_list);

/// "segments_in".
std::string_view name_of(counter which);
/// One line for people.
std::string_view text_of(counter which);

/// One number per counter, from zero, for the life of an engine.
class counters {
  public:
    void add(counter which, std::uint64_t amount = 1) { at(which) += amount; }
    std::uint64_t operator[](counter which) const {
        return values_[static_cast<std::size_t>(which)];
    }

  private:
    std::uint64_t& at(counter which) { return values_[static_cast<std::size_t>(which)]; }
    std::array<std::uint64_t, counter_count> values_{};
};

}  // namespace stack::tcp
