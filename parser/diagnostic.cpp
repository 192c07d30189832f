#include "parser/diagnostic.hpp"

#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace parser {

namespace {

char const* name_of(error_reach reach) {
    switch (reach) {
        case error_reach::rest_of_block:
            return "rest of block";
        case error_reach::rest_of_file:
            return "rest of file";
        case error_reach::statement:
            break;
    }
    return "statement";
}

/// The text of a marker line under `where.text`; tabs stay tabs, so that it aligns.
std::string marker(location const& where) {
    std::string line;
    std::size_t const before = where.column - 1 - where.text_begin;
    for (std::size_t i = 0; i < before && i < where.text.size(); ++i)
        line += where.text[i] == '\t' ? '\t' : ' ';
    std::size_t const room = where.text.size() - std::min(before, where.text.size());
    line.append(std::clamp<std::size_t>(where.length, 1, std::max<std::size_t>(room, 1)), '^');
    return line;
}

/// `A, B or C`.
std::string alternatives(std::vector<std::string> const& of) {
    std::string text;
    for (std::size_t i = 0; i < of.size(); ++i) {
        if (i > 0) text += i + 1 == of.size() ? " or " : ", ";
        text += of[i];
    }
    return text;
}

boost::json::object to_object(diagnostic const& problem) {
    boost::json::array included_from;
    for (auto const& from : problem.where.included_from)
        included_from.push_back(boost::json::object{{"file", from.file}, {"line", from.line}});
    boost::json::array expected;
    for (auto const& what : problem.expected)
        expected.emplace_back(what);
    return {{"severity", name_of(problem.level)},
            {"messageId", problem.message_id},
            {"text", problem.text},
            {"file", problem.where.file},
            {"line", problem.where.line},
            {"column", problem.where.column},
            {"length", problem.where.length},
            {"sourceLine", problem.where.text},
            {"includedFrom", included_from},
            {"expected", expected},
            {"suggestion", problem.suggestion},
            {"reach", name_of(problem.reach)}};
}

}  // namespace

char const* name_of(severity level) {
    switch (level) {
        case severity::error:
            return "error";
        case severity::warning:
            return "warning";
        case severity::note:
            break;
    }
    return "note";
}

bool has_errors(std::span<diagnostic const> diagnostics) {
    return std::any_of(diagnostics.begin(), diagnostics.end(),
                       [](auto const& d) { return d.level == severity::error; });
}

std::vector<std::string> remarks_of(diagnostic const& problem) {
    std::vector<std::string> remarks;
    if (!problem.expected.empty()) remarks.push_back("expected " + alternatives(problem.expected));
    if (!problem.suggestion.empty()) remarks.push_back(problem.suggestion);
    if (problem.reach == error_reach::rest_of_block)
        remarks.emplace_back("z/OS ignores the rest of the block too");
    if (problem.reach == error_reach::rest_of_file)
        remarks.emplace_back("z/OS takes the rest of the file for a part of the block");
    return remarks;
}

std::string to_text(diagnostic const& problem) {
    std::string out = problem.where.file;
    if (problem.where.line != 0)
        out += fmt::format(":{}:{}", problem.where.line, problem.where.column);
    out += fmt::format(": {}: ", name_of(problem.level));
    if (!problem.message_id.empty()) out += problem.message_id + ' ';
    out += problem.text + '\n';
    if (problem.where.line != 0) {
        out += fmt::format("{:>6} | {}\n       | {}\n", problem.where.line, problem.where.text,
                           marker(problem.where));
    }
    for (auto const& remark : remarks_of(problem))
        out += fmt::format("       = {}\n", remark);
    for (auto const& from : problem.where.included_from)
        out += fmt::format("       = included from {}:{}\n", from.file, from.line);
    return out;
}

std::string to_text(std::span<diagnostic const> diagnostics) {
    std::string out;
    for (auto const& problem : diagnostics)
        out += to_text(problem);
    return out;
}

boost::json::array to_json(std::span<diagnostic const> diagnostics) {
    boost::json::array result;
    for (auto const& problem : diagnostics)
        result.push_back(to_object(problem));
    return result;
}

}  // namespace parser
