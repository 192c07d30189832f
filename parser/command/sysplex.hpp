// The operands of V TCPIP,[proc],SYSplex.
#pragma once

#include "parser/command/command.hpp"

#include <string_view>
#include <variant>
#include <vector>

namespace parser::command {

/// `operands` follow the word SYSPLEX; they are views into `text`, the whole command. The stack is
/// left empty.
std::variant<vary_sysplex, command_error> to_vary_sysplex(std::vector<operand> const& operands,
                                                          std::string_view text);

}  // namespace parser::command
