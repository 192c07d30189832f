// Names of jobs and of the security product's resources.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace parser {

/// A name of at most 8 characters, kept in place: a profile may have millions.
class short_name {
  public:
    static constexpr std::size_t longest = 8;

    short_name() = default;
    /// `text` has at most `longest` characters, none of them NUL.
    template <std::convertible_to<std::string_view> Text>
    short_name(Text const& text) {
        std::string_view const from = text;
        std::copy_n(from.begin(), std::min(from.size(), longest), text_.begin());
    }

    std::string_view view() const {
        auto const end = std::find(text_.begin(), text_.end(), '\0');
        return {text_.data(), static_cast<std::size_t>(end - text_.begin())};
    }
    operator std::string() const { return std::string(view()); }

    friend bool operator==(short_name const&, short_name const&) = default;
    template <std::convertible_to<std::string_view> Text>
    friend bool operator==(short_name const& a, Text const& b) {
        return a.view() == std::string_view(b);
    }

  private:
    std::array<char, longest> text_{};  ///< NUL after a shorter one
};

}  // namespace parser
