#include "parser/suggestion.hpp"

#include "parser/source/lexical.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace parser {

namespace {

/// Edits (insert, delete, replace, swap neighbours) from one word to the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            bool const same = a[i - 1] == b[j - 1];
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        std::swap(before_last, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

/// How far `word` is from the nearest legal spelling of `keyword`.
std::size_t distance_to_keyword(std::string const& word, std::string_view keyword) {
    std::string const full = full_word(keyword);
    std::size_t best = distance(word, full);
    for (std::size_t length = minimum_of(keyword); length < full.size(); ++length)
        best = std::min(best, distance(word, std::string_view(full).substr(0, length)));
    return best;
}

}  // namespace

std::string full_word(std::string_view keyword) {
    std::string result(keyword);
    std::transform(result.begin(), result.end(), result.begin(), upper);
    return result;
}

std::string suggest(std::string_view word, std::vector<std::string_view> const& keywords) {
    // Nobody misspells at this length; and the distance is quadratic.
    if (word.size() < 2 || word.size() > 40) return {};
    std::string const folded = full_word(word);
    for (auto const keyword : keywords) {
        std::string const full = full_word(keyword);
        if (word.size() >= 3 && full.starts_with(folded))
            return fmt::format("{} can't be abbreviated further than {}", full,
                               full.substr(0, minimum_of(keyword)));
    }
    std::string_view nearest;
    std::size_t nearest_edits = folded.size() / 3 + 1;  // further than any accepted
    for (auto const keyword : keywords) {
        std::size_t const edits = distance_to_keyword(folded, keyword);
        if (edits >= nearest_edits) continue;
        nearest_edits = edits;
        nearest = keyword;
    }
    if (nearest.empty()) return {};
    return fmt::format("did you mean {}?", full_word(nearest));
}

}  // namespace parser
