// What a character generator says (RFC 864).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace tcpplexd {

/// Lines of 72 of the 95 printing characters and CR LF, each starting one character later. The text
/// repeats after 95 lines.
inline constexpr std::uint32_t chargen_line = 72 + 2;
inline constexpr std::uint32_t chargen_period = 95 * chargen_line;

/// From any place in the first period, as much lies together as a chunk of a queue takes.
inline constexpr std::uint32_t chargen_together = 3 * chargen_period;
std::span<std::byte const> chargen_text();

}  // namespace tcpplexd
