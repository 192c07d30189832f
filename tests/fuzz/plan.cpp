// Fuzzes a change to a running stack: a profile, a byte of 0, an OBEYFILE. The OBEYFILE's
// diagnostics can be told, and what it makes is printed and read again.
#include "parser/configuration.hpp"
#include "parser/parse.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace parser;

void require(bool holds) {
    if (!holds) std::abort();
}

apply_result carry_out(configuration const& running, std::string_view text, phase when) {
    auto const parsed = parse("main", memory_reader({{"main", std::string(text)}}));
    static_cast<void>(to_text(parsed.diagnostics));
    auto made = apply(running, parsed.profile, when);
    static_cast<void>(to_text(made.diagnostics));
    require(parsed.ok() || !made.ok());
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    std::size_t const end = input.find('\0');
    if (end == std::string_view::npos) return 0;
    auto const started = carry_out({}, input.substr(0, end), phase::initial);
    if (!started.ok()) return 0;
    auto const changed = carry_out(started.next, input.substr(end + 1), phase::obeyfile);
    if (!changed.ok()) return 0;
    auto const again = carry_out({}, to_profile(changed.next), phase::initial);
    require(again.ok() && again.next == changed.next);
    return 0;
}
