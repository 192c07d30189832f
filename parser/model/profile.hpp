// A parsed profile or OBEYFILE: its statements in the order written, and the text they stand in.
#pragma once

#include "parser/model/statement_body.hpp"
#include "parser/source/text.hpp"

#include <memory>

namespace parser {

struct profile {
    statement_list statements;
    /// Whether every statement of the text is among them: not if one had an error.
    bool complete = true;
    std::shared_ptr<source_text const>
        source;  ///< what the spans of the statements refer to; never null after parse()
};

}  // namespace parser
