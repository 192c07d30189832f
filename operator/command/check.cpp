// Parsing and applying profiles to see whether they would be taken.
#include "operator/command/check.hpp"

#include "operator/command/profile_input.hpp"
#include "operator/report/render.hpp"
#include "parser/configuration.hpp"
#include "parser/parse.hpp"
#include "parser/sarif.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <iterator>

namespace operators {

namespace {

struct checked {
    parser::configuration next;
    std::vector<parser::diagnostic> problems;
    bool readable = true;
};

checked check(profile_input const& input, parser::symbol_table const& symbols,
              parser::configuration const& onto, parser::phase when) {
    auto parsed = parser::parse(input.name, reader_of(input), symbols);
    checked result{{}, std::move(parsed.diagnostics), input.text.has_value()};
    auto applied = parser::apply(onto, parsed.profile, when);
    result.next = std::move(applied.next);
    std::ranges::move(applied.diagnostics, std::back_inserter(result.problems));
    return result;
}

void print(context const& with, check_options const& options,
           std::vector<parser::diagnostic> const& problems) {
    if (options.sarif)
        write_text(with.output, indented(parser::to_sarif(problems, TCPPLEX_VERSION)));
    else if (with.json)
        write_text(with.output,
                   indented(boost::json::object{{"schema", "tcpplex/check/1"},
                                                {"diagnostics", parser::to_json(problems)}}));
    else
        write_text(with.error_output, parser::to_text(problems));
}

}  // namespace

int run_check(context const& with, check_options const& options) {
    parser::configuration onto;
    auto when = parser::phase::initial;
    if (!options.running.empty()) {
        auto base = check(open_profile(options.running), options.symbols, onto, when);
        if (has_errors(base.problems)) {
            write_text(with.error_output, to_text(base.problems));
            fail(with, options.running + " has errors, so nothing can be checked against it");
            return exit_usage;
        }
        onto = std::move(base.next);
        when = parser::phase::obeyfile;
    }
    std::vector<parser::diagnostic> problems;
    bool readable = true;
    auto const look_at = [&](profile_input const& input) {
        auto found = check(input, options.symbols, onto, when);
        readable = readable && found.readable;
        std::ranges::move(found.problems, std::back_inserter(problems));
    };
    if (options.standard_input) look_at(read_profile(with, *options.standard_input));
    for (auto const& file : options.files)
        look_at(open_profile(file));
    print(with, options, problems);
    if (!readable) return exit_usage;
    return has_errors(problems) ? exit_failed : exit_good;
}

}  // namespace operators
