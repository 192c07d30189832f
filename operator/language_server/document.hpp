// A text that is open in an editor, and the editor's positions in it.
#pragma once

#include <boost/json/object.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace operators::lsp {

/// Counted from 0; characters are units of UTF-16, as editors have them unless agreed otherwise.
struct position {
    std::size_t line = 0;
    std::size_t character = 0;

    friend bool operator==(position const&, position const&) = default;
};

class document {
  public:
    document(std::string name, std::string text);

    /// Of the file, or the URI of what is no file; INCLUDEs are beside it.
    std::string const& name() const { return name_; }
    std::string const& text() const { return text_; }

    /// The byte at a position; what lies beyond the end of a line or of the text means that end.
    std::size_t offset_of(position at) const;
    position position_of(std::size_t offset) const;
    /// The byte at a line and column from 1, as diagnostics have them.
    std::size_t offset_of_place(std::size_t line, std::size_t column) const;

  private:
    std::string_view line(std::size_t number) const;

    std::string name_;
    std::string text_;
    std::vector<std::size_t> line_starts_;
};

boost::json::object to_json(position at);
/// Of `length` bytes from `offset`.
boost::json::object range_of(document const& in, std::size_t offset, std::size_t length);

}  // namespace operators::lsp
