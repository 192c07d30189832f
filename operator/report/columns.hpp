// Text at fixed columns, as the z/OS screens have it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace operators {

/// A line built from left to right. A text that reaches into the next column pushes it one blank
/// past its end, so that scripts which split at blanks still work.
class columns {
  public:
    /// `column` counts from 1.
    columns& at(std::size_t column, std::string_view text);
    std::string text() const { return text_; }

  private:
    std::string text_;
};

/// Decimal digits with leading zeros to `width`.
std::string zero_filled(std::uint64_t number, std::size_t width);
std::string upper_case(std::string text);

}  // namespace operators
