#include "operator/command/plan.hpp"

#include "operator/command/profile_input.hpp"
#include "operator/report/render.hpp"
#include "parser/configuration.hpp"
#include "parser/difference.hpp"
#include "parser/parse.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <iterator>

namespace operators {

int run_plan(context const& with, plan_options const& options) {
    auto const running = open_profile(options.running);
    auto const profile = parser::parse(running.name, reader_of(running), options.symbols);
    auto base = parser::apply({}, profile.profile, parser::phase::initial);
    if (!profile.ok() || !base.ok()) {
        write_text(with.error_output, to_text(profile.diagnostics) + to_text(base.diagnostics));
        fail(with, options.running + " has errors, so nothing can be planned from it");
        return exit_usage;
    }

    auto const change = options.standard_input ? read_profile(with, *options.standard_input)
                                               : open_profile(options.change);
    auto parsed = parser::parse(change.name, reader_of(change), options.symbols);
    auto applied =
        parser::apply(base.next, parsed.profile, parser::phase::obeyfile,
                      options.as_zos ? parser::on_error::skip : parser::on_error::refuse);
    auto problems = std::move(parsed.diagnostics);
    std::ranges::move(applied.diagnostics, std::back_inserter(problems));
    // All or nothing: with an error nothing would change.
    bool const skips = options.as_zos && parsed.whole;
    auto const all = has_errors(problems) && !skips ? parser::difference()
                                                    : parser::differences(base.next, applied.next);
    if (with.json) {
        boost::json::object document{{"schema", "tcpplex/plan/1"},
                                     {"diagnostics", parser::to_json(problems)}};
        for (auto& member : parser::to_json(all))
            document.insert(member);
        write_text(with.output, indented(document));
    } else {
        write_text(with.error_output, parser::to_text(problems));
        write_text(with.output, parser::to_text(all));
    }
    if (!change.text) return exit_usage;
    return has_errors(problems) ? exit_failed : exit_good;
}

}  // namespace operators
