// Diagnostics as editors take them.
#include "operator/language_server/features.hpp"
#include "parser/configuration.hpp"
#include "parser/parse.hpp"
#include "parser/source/file_uri.hpp"

#include <algorithm>
#include <iterator>

namespace operators::lsp {

namespace {

namespace json = boost::json;

int level_of(parser::severity level) {
    switch (level) {
        case parser::severity::error:
            return 1;
        case parser::severity::warning:
            return 2;
        case parser::severity::note:
            break;
    }
    return 3;
}

std::string message_of(parser::diagnostic const& problem) {
    std::string text = problem.text;
    for (auto const& remark : parser::remarks_of(problem))
        text += '\n' + remark;
    return text;
}

/// The range in the document: of the place itself, or of the line whose INCLUDE leads to it.
json::object range_in(document const& in, parser::location const& where) {
    if (where.included_from.empty())
        return range_of(in, in.offset_of_place(where.line, where.column), where.length);
    std::size_t const begin = in.offset_of_place(where.included_from.back().line, 1);
    std::size_t const end = std::min(in.text().find_first_of("\r\n", begin), in.text().size());
    return range_of(in, begin, end - begin);
}

/// The place in the included file, in bytes: only its lines are known here.
json::array related(parser::diagnostic const& problem) {
    parser::location const& where = problem.where;
    position const begin{where.line > 0 ? where.line - 1U : 0U,
                         where.column > 0 ? where.column - 1U : 0U};
    position const end{begin.line, begin.character + where.length};
    return {json::object{{"location",
                          {{"uri", parser::to_file_uri(where.file)},
                           {"range", {{"start", to_json(begin)}, {"end", to_json(end)}}}}},
                         {"message", problem.text}}};
}

json::object finding(document const& in, parser::diagnostic const& problem) {
    bool const here = problem.where.included_from.empty();
    json::object result{
        {"range", range_in(in, problem.where)},
        {"severity", level_of(problem.level)},
        {"source", "tcpplex"},
        {"message", here ? message_of(problem) : problem.where.file + ": " + message_of(problem)}};
    if (!problem.message_id.empty()) result["code"] = problem.message_id;
    if (!here) result["relatedInformation"] = related(problem);
    return result;
}

}  // namespace

json::array findings(document const& in, surroundings const& around) {
    auto parsed = parser::parse(in.name(), around.read, around.symbols);
    auto problems = std::move(parsed.diagnostics);
    if (!in.name().ends_with(".obey")) {
        auto applied = parser::apply({}, parsed.profile, parser::phase::initial);
        std::ranges::move(applied.diagnostics, std::back_inserter(problems));
    }
    json::array result;
    for (auto const& problem : problems)
        result.push_back(finding(in, problem));
    return result;
}

}  // namespace operators::lsp
