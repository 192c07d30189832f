#include "daemon/service/chargen_text.hpp"

#include <array>

namespace tcpplexd {

namespace {

constexpr std::uint32_t printing = 95;
constexpr std::uint32_t width = chargen_line - 2;

std::array<std::byte, chargen_period + chargen_together> const text = [] {
    std::array<std::byte, chargen_period + chargen_together> made{};
    for (std::uint32_t i = 0; i < made.size(); ++i) {
        auto const line = i / chargen_line;
        auto const column = i % chargen_line;
        made[i] = column < width    ? static_cast<std::byte>(' ' + (line + column) % printing)
                  : column == width ? std::byte{'\r'}
                                    : std::byte{'\n'};
    }
    return made;
}();

}  // namespace

std::span<std::byte const> chargen_text() {
    return text;
}

}  // namespace tcpplexd
