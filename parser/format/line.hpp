// The lines of a formatted file, before they are printed.
#pragma once

#include "parser/format/token.hpp"
#include "parser/outline.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace parser::format {

/// A word of a file that begins something.
struct beginning {
    std::size_t offset = 0;
    outline_kind kind = outline_kind::statement;
};

/// How wide a word is made, so that words of several lines form a column.
struct column {
    std::size_t width = 0;
    bool right = false;  ///< the word stands at its right
};

struct line {
    std::vector<std::string_view> words;
    std::string_view comment;            ///< behind the words; empty if none
    std::size_t comment_column = 0;      ///< where it stood, from 0
    std::optional<outline_kind> begins;  ///< what its first word begins; nothing: it goes on
    bool includes = false;               ///< its first word is INCLUDE
    bool after_blank_line = false;

    std::size_t indent = 0;
    std::vector<column> columns;  ///< of its first words; the others are as wide as they are
};

/// Lines as the writer broke them, and a new one for each word that begins something. A comment
/// stays behind the words it stood behind. `beginnings` are in the order of their offsets.
std::vector<line> lines_of(std::span<token const> tokens, std::span<beginning const> beginnings);

/// Gives each line its indent: statements none, what a block holds two columns. What continues a
/// statement stands below its first parameter, or two columns in if its first line has at most one.
/// A comment in the first column stays there; others stand as what follows them.
void indent(std::vector<line>& lines);

/// Makes columns of lists whose entries each begin a line with a number or an address (PORT, HOME),
/// and of statements of one line that follow each other with the same name and number of words
/// (ROUTE).
void align(std::vector<line>& lines);

/// A line as text, without its comment.
void append_words(std::string& text, line const& from);

}  // namespace parser::format
