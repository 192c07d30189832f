// Fuzzes the way of a profile: parse, render the diagnostics, apply twice, print; what is printed
// must parse.
#include "parser/configuration.hpp"
#include "parser/parse.hpp"

#include <boost/json/serialize.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace parser;
    std::string const text(reinterpret_cast<char const*>(data), size);
    symbol_table const symbols{{"SYSNAME", "SYS1"}};
    auto const read = memory_reader({{"main", text}, {"other", "SOMAXCONN 5\nINCLUDE main\n"}});
    auto const parsed = parse("main", read, symbols);
    static_cast<void>(to_text(parsed.diagnostics));
    static_cast<void>(boost::json::serialize(to_json(parsed.diagnostics)));

    auto const first = apply({}, parsed.profile, phase::initial);
    static_cast<void>(to_text(first.diagnostics));
    if (!parsed.ok() || !first.ok()) return 0;
    auto const second = apply(first.next, parsed.profile, phase::obeyfile);
    static_cast<void>(to_text(second.diagnostics));

    auto const again = parse("printed", memory_reader({{"printed", to_profile(first.next)}}));
    if (!again.ok() || !(apply({}, again.profile, phase::initial).next == first.next)) std::abort();
    return 0;
}
