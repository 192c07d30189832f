// A parsed profile or OBEYFILE: its statements in the order written, and the text they stand in.
#pragma once

#include "parser/model/statement_body.hpp"
#include "parser/source/text.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace parser {

/// A part of the expanded text.
struct extent {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;  ///< the place after it
};

struct profile {
    statement_list statements;
    /// Whether every statement of the text is among them: not if one had an error.
    bool complete = true;
    /// What z/OS ignores because of errors of syntax, beside the statements that have them; in the
    /// order of the text, and perhaps overlapping.
    std::vector<extent> ignored;
    std::vector<extent> dynamic_blocks;  ///< VIPADYNAMIC, in the order of the text
    std::shared_ptr<source_text const>
        source;  ///< what the spans of the statements refer to; never null after parse()
};

}  // namespace parser
