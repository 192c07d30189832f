// What the language server knows about a profile: findings, completions, hovers, formatting.
#pragma once

#include "operator/language_server/document.hpp"
#include "parser/source/text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <optional>

namespace operators::lsp {

/// Files and symbols as the editor's documents see them.
struct surroundings {
    parser::source_reader read;  ///< gives the texts that are open instead of the files
    parser::symbol_table symbols;
};

/// Diagnostics of LSP. A document is checked as an initial profile; one whose name ends in `.obey`
/// for its syntax alone, since what runs is not known. What is wrong in an included file stands at
/// the INCLUDE.
boost::json::array findings(document const& in, surroundings const& around);

/// Completion items: the keywords that could stand where the word at `at` stands. None in a
/// comment.
boost::json::array completions(document const& in, position at, surroundings const& around);

/// What the statement does whose name is at `at`; null at other words.
boost::json::value hover(document const& in, position at, surroundings const& around);

/// The edits that format a document; nothing if it has too many errors for that.
std::optional<boost::json::array> formatting(document const& in, surroundings const& around);

}  // namespace operators::lsp
