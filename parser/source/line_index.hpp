// Which line of a text a place is in.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace parser {

/// A line without its \n.
struct text_line {
    std::uint32_t number = 0;  ///< from 0
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

/// Keeps a mark every few thousand bytes instead of every line: few places are ever asked for, and
/// a text may have millions of lines. What is asked takes the same time however long the text and
/// its lines are.
class line_index {
  public:
    explicit line_index(std::string_view text);

    /// The line that `offset` of `text` is in; a \n is in the line it ends. `text` is that of the
    /// constructor, `offset` at most its size.
    text_line at(std::string_view text, std::uint32_t offset) const;

  private:
    /// The line that a block begins in.
    struct mark {
        std::uint32_t number = 0;
        std::uint32_t begin = 0;
    };
    std::vector<mark> marks_;
};

}  // namespace parser
