// Parses and applies profiles given as text, and fails the test on unexpected diagnostics.
#pragma once

#include "parser/configuration.hpp"
#include "parser/parse.hpp"

#include <gtest/gtest.h>

#include <string>

namespace parser {

inline parse_result parse_text(std::string const& text, symbol_table const& symbols = {}) {
    return parse("test", memory_reader({{"test", text}}), symbols);
}

/// Applies a text that has no syntax error; its own errors are the caller's to look at.
inline apply_result try_apply(configuration const& running, std::string const& text,
                              phase when = phase::obeyfile) {
    auto const parsed = parse_text(text);
    EXPECT_EQ(to_text(parsed.diagnostics), "");
    return apply(running, parsed.profile, when);
}

/// The configuration after a text that must be accepted without a word.
inline configuration applied(configuration const& running, std::string const& text,
                             phase when = phase::obeyfile) {
    auto result = try_apply(running, text, when);
    EXPECT_EQ(to_text(result.diagnostics), "");
    return std::move(result.next);
}

inline configuration started(std::string const& text) {
    return applied({}, text, phase::initial);
}

/// The texts of the errors of a change that must be refused.
inline std::string refusal(configuration const& running, std::string const& text) {
    auto const result = try_apply(running, text);
    EXPECT_FALSE(result.ok()) << text;
    std::string all;
    for (auto const& problem : result.diagnostics)
        if (problem.level == severity::error) all += problem.text + '\n';
    return all;
}

inline ip_address address(std::string_view text) {
    return *parse_ip_address(text);
}

}  // namespace parser
