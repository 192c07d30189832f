// Finds the word that a misspelt one was meant to be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parser {

/// The nearest of `keywords` (spelt with their minimum in upper case: "VIPADISTribute"): one that
/// `word` is too short an abbreviation of, or one at most a third of its letters away. A sentence
/// like "did you mean MTU?"; empty if none is near.
std::string suggest(std::string_view word, std::vector<std::string_view> const& keywords);

/// The keyword in upper case.
std::string full_word(std::string_view keyword);

}  // namespace parser
