// Where something stands in the expanded text of a profile, and values that remember where they
// stood.
#pragma once

#include <cstdint>
#include <utility>

namespace parser {

/// Bytes of the expanded text; source_text::locate turns them into file, line and column.
struct span {
    std::uint32_t begin = 0;
    std::uint32_t length = 0;
};

/// A value and where it was written. Two are equal if the values are.
template <typename Value>
struct spanned {
    Value value{};
    span where;

    friend bool operator==(spanned const& a, spanned const& b) { return a.value == b.value; }
};

}  // namespace parser
