// Finds the word that a misspelt one was meant to be.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parser {

/// The nearest of `keywords` (spelt with their minimum in upper case: "VIPADISTribute"): one that
/// `word` is too short an abbreviation of, or one at most a third of its letters away. A sentence
/// like "did you mean MTU?"; empty if none is near.
std::string suggest(std::string_view word, std::vector<std::string_view> const& keywords);

/// The keyword that `word` is, abbreviates, or is at most a third of its letters away from; empty
/// if none.
std::string_view nearest_keyword(std::string_view word, std::span<std::string_view const> keywords);

/// The one of `words`, which can't be abbreviated, that is at most a third of `word`'s letters
/// away; empty if none is. Upper and lower case count as the same.
std::string_view nearest_word(std::string_view word, std::span<std::string_view const> words);

/// The keyword in upper case.
std::string full_word(std::string_view keyword);

}  // namespace parser
