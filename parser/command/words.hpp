// The words of an operator command, before they are looked up.
#pragma once

#include "parser/command/command.hpp"

#include <string_view>
#include <variant>
#include <vector>

namespace parser::command {

/// `verb TCPIP,[stack],operand[,operand...]`. Views into the text.
struct command_words {
    std::string_view verb;
    std::string_view stack;
    std::vector<operand> operands;  ///< at least one
};

std::variant<command_words, command_error> split_command(std::string_view text);

}  // namespace parser::command
