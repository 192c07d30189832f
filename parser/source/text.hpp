// The text of a profile with its INCLUDEs and system symbols expanded, and the way back from it to
// files and lines.
#pragma once

#include "parser/model/span.hpp"
#include "parser/source/line_index.hpp"

#include <boost/system/result.hpp>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace parser {

/// Gives the text of a file. The relative name on an INCLUDE has been joined to the directory of
/// the file it is in.
using source_reader = std::function<boost::system::result<std::string>(std::string const& name)>;

/// System symbols: name in upper case without & and period, to its text.
using symbol_table = std::map<std::string, std::string, std::less<>>;

/// A line of a file.
struct file_line {
    std::string file;
    std::uint32_t line = 0;  ///< from 1
    friend bool operator==(file_line const&, file_line const&) = default;
};

/// A place in a file as a person names it.
struct location {
    std::string file;
    std::uint32_t line = 0;    ///< from 1; 0: the file as a whole
    std::uint32_t column = 0;  ///< from 1, in bytes
    std::uint32_t length = 0;  ///< bytes to mark; never past the end of the line
    std::string text;          ///< the line, printable; of a long one the part around the column
    std::uint32_t text_begin = 0;          ///< bytes of the line left out before `text`
    std::vector<file_line> included_from;  ///< innermost first
};

/// One opening of a file.
struct source_file {
    std::string name;
    std::string text;
    line_index lines;  ///< of `text`
    std::uint32_t includer =
        0;  ///< position in source_text::files of the file whose INCLUDE opened it
    std::uint32_t include_at = 0;  ///< offset of that INCLUDE there
};

/// Text that belongs together: `length 0` segments do not exist; a segment ends where the next
/// begins.
struct source_segment {
    std::uint32_t begin = 0;   ///< in source_text::text()
    std::uint32_t file = 0;    ///< in source_text::files
    std::uint32_t offset = 0;  ///< in that file
    bool substituted = false;  ///< the value of a symbol that stands at `offset`
};

/// Expanded text and where it came from. Built by expand(); positions in it are spans.
struct source_text {
    std::string expanded;           ///< empty: nothing in the profile was expanded
    std::deque<source_file> files;  ///< [0] is the profile itself
    std::vector<source_segment> segments;

    std::string_view text() const { return expanded.empty() ? files.front().text : expanded; }
    location locate(span where) const;
};

/// `offset` of a file as line, column and include chain.
location locate_in_file(source_text const& source, std::uint32_t file, std::uint32_t offset,
                        std::uint32_t length);

}  // namespace parser
