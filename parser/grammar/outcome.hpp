// Where the grammar of a statement stopped.
#pragma once

namespace parser::grammar {

/// The grammar's end is the statement's end only if another statement, or nothing, follows there.
struct outcome {
    char const* end;
    bool complete;  ///< everything required was there
};

}  // namespace parser::grammar
