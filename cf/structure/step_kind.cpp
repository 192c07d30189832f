#include "cf/structure/step_kind.hpp"

#include <array>

namespace cf {

char const* name_of(step_kind step) {
    static constexpr std::array<char const*, step_kind_count> names{
        "display",    "allocate",  "bind",      "release",    "listen",
        "end listen", "back-fill", "switch on", "switch off", "leave",
        "recover",    "repair",    "note",      "take over",  "hand over"};
    auto index = static_cast<std::size_t>(step);
    return index < names.size() ? names[index] : "?";
}

}  // namespace cf
