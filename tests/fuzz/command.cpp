// Fuzzes the grammar of operator commands.
#include "parser/command/command.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace parser::command;
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    auto const result = parse_command(text);
    auto const* error = std::get_if<command_error>(&result);
    if (error == nullptr) return 0;
    if (error->position > size) std::abort();
    static_cast<void>(to_text(*error, text));
    return 0;
}
