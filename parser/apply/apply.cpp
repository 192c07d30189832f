#include "parser/apply/application.hpp"

#include <algorithm>
#include <iterator>

namespace parser {

namespace {

/// The order in which z/OS carries out the statements of one file.
enum class stage : std::uint8_t { ordinary, dynamic_vipas, start, stop };

stage stage_of(statement_body const& body) {
    if (std::holds_alternative<start_statement>(body)) return stage::start;
    if (std::holds_alternative<stop_statement>(body)) return stage::stop;
    bool const dynamic = std::holds_alternative<vipadefine_statement>(body) ||
                         std::holds_alternative<vipabackup_statement>(body) ||
                         std::holds_alternative<vipadelete_statement>(body) ||
                         std::holds_alternative<vipadistribute_statement>(body) ||
                         std::holds_alternative<viparange_statement>(body) ||
                         std::holds_alternative<viparoute_statement>(body);
    return dynamic ? stage::dynamic_vipas : stage::ordinary;
}

void carry_out(application& run, statement const& wanted) {
    std::visit(
        [&](auto const& body) {
            if constexpr (requires { parser::carry_out(run, body, wanted.where); })
                parser::carry_out(run, body, wanted.where);
            else
                parser::carry_out(run, body);
        },
        wanted.body);
}

void carry_out(application& run, profile const& updates, stage which) {
    for (auto const& statement : updates.statements)
        if (stage_of(statement.body) == which) carry_out(run, statement);
}

/// Where the last statement of a kind begins.
template <typename Kind>
span last(profile const& updates) {
    span found;
    for (auto const& statement : updates.statements)
        if (std::holds_alternative<Kind>(statement.body)) found = statement.where;
    return found;
}

void settle_ordinary(application& run, profile const& updates) {
    settle_home(run, last<home_statement>(updates));
    settle_source_vipa(run, last<ipconfig_statement>(updates));
}

void carry_out(application& run, profile const& updates) {
    carry_out(run, updates, stage::ordinary);
    settle_ordinary(run, updates);
    carry_out(run, updates, stage::dynamic_vipas);
    settle_source_vipa6(run, last<ipconfig6_statement>(updates));
    settle_sources(run, last<srcip_statement>(updates));
    settle_ports(run, last<portrange_statement>(updates));
    carry_out(run, updates, stage::start);
    carry_out(run, updates, stage::stop);
}

bool is_source_entry(statement const& each) {
    return std::holds_alternative<srcip_job_statement>(each.body) ||
           std::holds_alternative<srcip_destination_statement>(each.body);
}

/// Takes out the statement that each place is in, and with an SRCIP the entries of its block.
void take_out(std::vector<statement>& statements, std::vector<span> const& places) {
    std::vector<bool> faulty(statements.size());
    for (auto const& place : places) {
        auto const behind = std::ranges::upper_bound(
            statements, place.begin, {}, [](statement const& each) { return each.where.begin; });
        if (behind == statements.begin()) continue;
        auto at = static_cast<std::size_t>(behind - statements.begin()) - 1;
        faulty[at] = true;
        if (!std::holds_alternative<srcip_statement>(statements[at].body)) continue;
        for (++at; at < statements.size() && is_source_entry(statements[at]); ++at)
            faulty[at] = true;
    }
    std::size_t at = 0;
    std::erase_if(statements, [&](statement const&) { return faulty[at++]; });
}

/// What is left when faulty statements, and those that need them, are taken out.
apply_result skip_faulty(configuration const& running, profile updates, phase when) {
    updates.complete = true;  // what a statement with an error would have defined is not there
    std::vector<diagnostic> errors;
    for (;;) {
        application run(running, updates, when);
        carry_out(run, updates);
        auto const places = run.error_places();
        auto result = std::move(run).take();
        auto const end_of_errors =
            std::ranges::stable_partition(result.diagnostics, [](diagnostic const& each) {
                return each.level == severity::error;
            }).begin();
        errors.insert(errors.end(), std::make_move_iterator(result.diagnostics.begin()),
                      std::make_move_iterator(end_of_errors));
        if (places.empty()) {
            // The notes and warnings that hold of what is left.
            errors.insert(errors.end(), std::make_move_iterator(end_of_errors),
                          std::make_move_iterator(result.diagnostics.end()));
            result.diagnostics = std::move(errors);
            return result;
        }
        auto const before = updates.statements.size();
        take_out(updates.statements, places);
        if (updates.statements.size() == before)  // nothing to blame: all is refused
            return {running, std::move(errors), true};
    }
}

}  // namespace

apply_result apply(configuration const& running, profile const& updates, phase when,
                   on_error then) {
    if (then == on_error::skip) return skip_faulty(running, updates, when);
    application run(running, updates, when);
    carry_out(run, updates);
    return std::move(run).take();
}

}  // namespace parser
