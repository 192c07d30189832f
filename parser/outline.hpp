// Where the statements of a profile begin and its blocks end, right or wrong: for those who work on
// its text.
#pragma once

#include "parser/model/span.hpp"

#include <cstdint>

namespace parser {

enum class outline_kind : std::uint8_t {
    statement,  ///< without an END word; a misspelt one too
    block,      ///< a statement with an END word
    inner,      ///< a statement inside a block
    block_end
};

/// A word that begins something.
struct outline_entry {
    span where;
    outline_kind kind = outline_kind::statement;
};

}  // namespace parser
