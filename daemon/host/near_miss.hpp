// The word of a list that a mistyped word was probably meant to be.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace tcpplexd {

/// The nearest of `known` by edit distance (insertions, deletions, substitutions), if it is near
/// enough to be worth suggesting: at most a third of the word's length, at least 1. Words longer
/// than 64 bytes have none.
std::optional<std::string_view> near_miss(std::string_view word,
                                          std::span<std::string_view const> known);

}  // namespace tcpplexd
