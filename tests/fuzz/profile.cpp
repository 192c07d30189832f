// Fuzzes the way of a profile: parse, render the diagnostics, apply twice, print; what is printed
// must parse. Formatted, it must be the same profile, and formatted already. Without its faulty
// statements it must be a profile as good as any; what it changes is rendered too.
#include "parser/configuration.hpp"
#include "parser/difference.hpp"
#include "parser/format/format.hpp"
#include "parser/format/token.hpp"
#include "parser/parse.hpp"
#include "parser/sarif.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace parser;

void require(bool holds) {
    if (!holds) std::abort();
}

parse_result parse_main(std::string const& text) {
    auto const read = memory_reader({{"main", text}, {"other", "SOMAXCONN 5\nINCLUDE main\n"}});
    return parse("main", read, {{"SYSNAME", "SYS1"}});
}

bool same_words(std::string const& one, std::string const& other) {
    return std::ranges::equal(format::tokens_of(one), format::tokens_of(other), {},
                              &format::token::text, &format::token::text);
}

void check_format(parse_result const& parsed, parser::configuration const& meant) {
    std::string const& text = parsed.profile.source->files.front().text;
    std::string const laid_out = format::format(parsed);
    require(same_words(text, laid_out));
    if (!format::reads_as_it_is(laid_out)) return;  // the command refuses it
    auto const again = parse_main(laid_out);
    require(format::format(again) == laid_out);
    require(apply({}, again.profile, phase::initial).next == meant);
}

/// A configuration printed, parsed and applied is the same.
void check_print(configuration const& config) {
    auto const again = parse("printed", memory_reader({{"printed", to_profile(config)}}));
    require(again.ok() && apply({}, again.profile, phase::initial).next == config);
}

void check_skip(parse_result const& parsed) {
    auto const left = apply({}, parsed.profile, phase::initial, on_error::skip);
    check_print(left.next);
    auto const all = differences({}, left.next);
    require(all.changes.empty() == (left.next == configuration()));
    static_cast<void>(to_text(all));
    static_cast<void>(boost::json::serialize(to_json(all)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const parsed = parse_main({reinterpret_cast<char const*>(data), size});
    static_cast<void>(to_text(parsed.diagnostics));
    static_cast<void>(boost::json::serialize(to_json(parsed.diagnostics)));
    static_cast<void>(boost::json::serialize(to_sarif(parsed.diagnostics, "")));

    auto const first = apply({}, parsed.profile, phase::initial);
    static_cast<void>(to_text(first.diagnostics));
    if (parsed.whole) check_format(parsed, first.next);
    check_skip(parsed);
    if (!parsed.ok() || !first.ok()) return 0;
    auto const second = apply(first.next, parsed.profile, phase::obeyfile);
    static_cast<void>(to_text(second.diagnostics));
    check_print(first.next);
    return 0;
}
