#include "daemon/host/near_miss.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tcpplexd {
namespace {

constexpr std::size_t longest_word = 64;

// Levenshtein's distance with one row.
std::size_t distance(std::string_view a, std::string_view b) {
    std::array<std::size_t, longest_word + 1> row{};
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t const substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
        }
    }
    return row[b.size()];
}

}  // namespace

std::optional<std::string_view> near_miss(std::string_view word,
                                          std::span<std::string_view const> known) {
    if (word.size() > longest_word) return std::nullopt;
    std::optional<std::string_view> nearest;
    std::size_t limit = std::max<std::size_t>(1, word.size() / 3);
    for (std::string_view candidate : known) {
        if (candidate.size() > longest_word) continue;
        std::size_t const apart = distance(word, candidate);
        if (apart > limit || (nearest && apart == limit)) continue;
        nearest = candidate;
        limit = apart;
    }
    return nearest;
}

}  // namespace tcpplexd
