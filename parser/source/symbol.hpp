// References to system symbols: &NAME, &NAME. and &NAME(start:length).
#pragma once

#include "parser/source/text.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace parser {

/// Characters of a symbol's name that count.
constexpr std::size_t symbol_name_limit = 17;

enum class symbol_outcome : std::uint8_t {
    replaced,
    undefined,
    outside  ///< the part asked for is not within the symbol's text
};

struct substitution {
    symbol_outcome outcome = symbol_outcome::undefined;
    std::string name;             ///< in upper case, without &
    std::string_view text;        ///< the symbol's text in `symbols`, or the part of it
    std::size_t symbol_size = 0;  ///< of all of its text
    std::size_t end = 0;  ///< the place after the reference, and after its period if replaced
};

/// What the reference whose & is at `at` stands for. `(start:length)` takes a part as z/OS's
/// ASASYMBM does: start counts from 1, or from -1 backwards from the end; other parentheses are no
/// part of the reference.
substitution substitute(std::string_view text, std::size_t at, symbol_table const& symbols);

}  // namespace parser
