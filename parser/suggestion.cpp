#include "parser/suggestion.hpp"

#include "parser/source/lexical.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>

namespace parser {

namespace {

/// Nobody misspells at this length, and keywords are shorter.
constexpr std::size_t longest = 40;

using row = std::array<std::uint8_t, longest + 1>;

/// The least edits (insert, delete, replace, swap neighbours) from `word`, in upper case, to a
/// beginning of `keyword` of at least `minimum` letters: all its abbreviations are beginnings of
/// it, so the last row of one table has the distance to each.
std::size_t distance(std::string_view word, std::string_view keyword, std::size_t minimum) {
    row before_last{};
    row last{};
    row now{};
    std::iota(last.begin(), last.end(), std::uint8_t{0});
    auto const letter = [&](std::size_t i) { return upper(keyword[i]); };
    for (std::size_t i = 1; i <= word.size(); ++i) {
        now[0] = static_cast<std::uint8_t>(i);
        for (std::size_t j = 1; j <= keyword.size(); ++j) {
            int const replaced = last[j - 1] + (word[i - 1] == letter(j - 1) ? 0 : 1);
            int least = std::min({last[j] + 1, now[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && word[i - 1] == letter(j - 2) && word[i - 2] == letter(j - 1))
                least = std::min(least, before_last[j - 2] + 1);
            now[j] = static_cast<std::uint8_t>(least);
        }
        before_last = std::exchange(last, now);
    }
    auto const from = last.begin() + static_cast<std::ptrdiff_t>(minimum);
    return *std::min_element(from, last.begin() + static_cast<std::ptrdiff_t>(keyword.size()) + 1);
}

/// Whether the lengths alone rule out that `edits` lead from one to the other.
bool too_different(std::string_view word, std::string_view keyword, std::size_t minimum,
                   std::size_t edits) {
    return keyword.size() > longest || word.size() > keyword.size() + edits ||
           word.size() + edits < minimum;
}

/// Empty if none is near. `minimum` says how far a keyword can be abbreviated.
template <typename Minimum>
std::string_view nearest(std::string_view word, std::span<std::string_view const> keywords,
                         Minimum minimum) {
    if (word.size() < 2 || word.size() > longest) return {};
    std::string const folded = full_word(word);
    std::string_view found;
    std::size_t found_edits = folded.size() / 3 + 1;  // further than any accepted
    for (auto const keyword : keywords) {
        std::size_t const least = minimum(keyword);
        if (too_different(folded, keyword, least, found_edits - 1)) continue;
        std::size_t const edits = distance(folded, keyword, least);
        if (edits >= found_edits) continue;
        found_edits = edits;
        found = keyword;
    }
    return found;
}

}  // namespace

std::string full_word(std::string_view keyword) {
    std::string result(keyword);
    std::transform(result.begin(), result.end(), result.begin(), upper);
    return result;
}

std::string suggest(std::string_view word, std::vector<std::string_view> const& keywords) {
    for (auto const keyword : keywords) {
        if (word.size() < 3 || !abbreviates(word, keyword, 0)) continue;
        std::size_t const least = minimum_of(keyword);
        if (least == keyword.size()) return fmt::format("{} can't be abbreviated", keyword);
        return fmt::format("{} can't be abbreviated further than {}", full_word(keyword),
                           keyword.substr(0, least));
    }
    auto const found = nearest_keyword(word, keywords);
    return found.empty() ? std::string() : fmt::format("did you mean {}?", full_word(found));
}

std::string_view nearest_keyword(std::string_view word,
                                 std::span<std::string_view const> keywords) {
    return nearest(word, keywords, minimum_of);
}

std::string_view nearest_word(std::string_view word, std::span<std::string_view const> words) {
    return nearest(word, words, [](std::string_view each) { return each.size(); });
}

}  // namespace parser
