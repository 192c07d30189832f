// The order in which z/OS carries out the statements of one file.
#pragma once

#include "parser/model/statement.hpp"

#include <concepts>
#include <cstdint>

namespace parser {

enum class stage : std::uint8_t { ordinary, dynamic_vipas, start, stop };

template <typename Statement, typename... Others>
inline constexpr bool is_one_of = (std::same_as<Statement, Others> || ...);

template <typename Statement>
constexpr stage stage_of() {
    if constexpr (is_one_of<Statement, start_statement>) return stage::start;
    if constexpr (is_one_of<Statement, stop_statement>) return stage::stop;
    constexpr bool dynamic =
        is_one_of<Statement, vipadefine_statement, vipabackup_statement, vipadelete_statement,
                  vipadistribute_statement, viparange_statement, viparoute_statement>;
    return dynamic ? stage::dynamic_vipas : stage::ordinary;
}

}  // namespace parser
