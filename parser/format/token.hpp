// The words and comments of a file, and how its lines lie around them.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace parser::format {

struct token {
    std::string_view
        text;  ///< of a comment: from its semicolon to the last character that is no blank
    std::size_t offset = 0;  ///< in the file
    std::size_t column = 0;  ///< from 0, a tab going to the next multiple of 8
    std::size_t breaks = 0;  ///< ends of lines between it and the token before it
    bool comment = false;
};

/// All that is not blank, in order. The texts are parts of `text`.
std::vector<token> tokens_of(std::string_view text);

}  // namespace parser::format
