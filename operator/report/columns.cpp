// Text at fixed columns.
#include "operator/report/columns.hpp"

#include <algorithm>
#include <cctype>

namespace operators {

columns& columns::at(std::size_t column, std::string_view text) {
    if (text.empty()) return *this;
    std::size_t const wanted = column - 1;
    if (text_.size() < wanted)
        text_.resize(wanted, ' ');
    else if (!text_.empty())
        text_ += ' ';
    text_ += text;
    return *this;
}

std::string zero_filled(std::uint64_t number, std::size_t width) {
    std::string const digits = std::to_string(number);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

std::string upper_case(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

}  // namespace operators
