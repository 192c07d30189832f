// Parsing and applying profiles to see whether they would be taken.
#include "operator/command/check.hpp"

#include "operator/report/render.hpp"
#include "parser/configuration.hpp"
#include "parser/parse.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <iterator>

namespace operators {

namespace {

struct checked {
    parser::configuration next;
    std::vector<parser::diagnostic> problems;
};

checked check(std::string const& file, parser::configuration const& onto, parser::phase when) {
    auto parsed = parser::parse(file, parser::file_reader());
    checked result{{}, std::move(parsed.diagnostics)};
    auto applied = parser::apply(onto, parsed.profile, when);
    result.next = std::move(applied.next);
    std::ranges::move(applied.diagnostics, std::back_inserter(result.problems));
    return result;
}

}  // namespace

int run_check(context const& with, std::vector<std::string> const& files,
              std::string const& running) {
    parser::configuration onto;
    std::vector<parser::diagnostic> problems;
    auto when = parser::phase::initial;
    if (!running.empty()) {
        auto base = check(running, onto, when);
        if (has_errors(base.problems)) {
            write_text(with.error_output, to_text(base.problems));
            return fail(with, running + " has errors, so nothing can be checked against it");
        }
        onto = std::move(base.next);
        when = parser::phase::obeyfile;
    }
    for (auto const& file : files)
        std::ranges::move(check(file, onto, when).problems, std::back_inserter(problems));
    if (with.json)
        write_text(with.output,
                   indented(boost::json::object{{"schema", "tcpplex/check/1"},
                                                {"diagnostics", parser::to_json(problems)}}));
    else
        write_text(with.error_output, parser::to_text(problems));
    return has_errors(problems) ? exit_failed : exit_good;
}

}  // namespace operators
