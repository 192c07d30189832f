#include "parser/apply/carry_out.hpp"
#include "parser/apply/skip.hpp"

namespace parser {

apply_result apply(configuration const& running, profile const& updates, phase when,
                   on_error then) {
    if (then == on_error::skip) return skip_faulty(running, updates, when);
    application run(running, *updates.source, updates.complete, when);
    carry_out(run, work{updates});
    return std::move(run).take();
}

}  // namespace parser
