// The statements of the language: which are built, which are known, and how a block ends.
#pragma once

#include "parser/source/lexical.hpp"
#include "parser/statement/parsers.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace parser::grammar {

/// A statement, or a sub-statement of a block.
struct statement_entry {
    std::string_view keyword;  ///< its minimum abbreviation in upper case: "VIPADISTribute"
    /// Null: known and passed over, or refused.
    outcome (*parse)(char const* at, context& ctx) = nullptr;
    std::string_view end_word = {};  ///< of a block
    /// What stands in the block; empty: anything, up to end_word.
    std::span<statement_entry const> inside = {};
    /// Also a parameter inside VIPADYNAMIC, so it does not show that the END word is missing.
    bool is_parameter_too = false;
    std::string_view note = {};    ///< why it changes nothing, if that is so
    std::string_view reason = {};  ///< why it is refused, if it is
    std::string_view remedy = "remove it";
    /// Keywords that can only stand before the values.
    std::span<std::string_view const> options_first = {};
    std::size_t minimum = minimum_of(keyword);       ///< letters of its shortest abbreviation
    std::size_t end_minimum = minimum_of(end_word);  ///< the same for end_word
};

std::span<statement_entry const> all_statements();

/// The entry of `table` that `word` names or abbreviates; null if none.
statement_entry const* find_statement(std::span<statement_entry const> table,
                                      std::string_view word);

/// Whether `word` begins a statement of VIPADYNAMIC, or ends the block.
bool ends_vipadynamic_statement(std::string_view word);

/// Whether `word` is or abbreviates the END word of a block.
bool is_end_word(statement_entry const& block, std::string_view word);

}  // namespace parser::grammar
