// A parsed profile or OBEYFILE: its statements in the order written, and the text they stand in.
#pragma once

#include "parser/model/statement.hpp"
#include "parser/source/text.hpp"

#include <memory>
#include <vector>

namespace parser {

struct profile {
    std::vector<statement> statements;
    /// Whether every statement of the text is among them: not if one had an error.
    bool complete = true;
    std::shared_ptr<source_text const>
        source;  ///< what the spans of the statements refer to; never null after parse()
};

}  // namespace parser
