#include "parser/apply/application.hpp"

#include <algorithm>
#include <iterator>

namespace parser {

namespace {

/// The order in which z/OS carries out the statements of one file.
enum class stage : std::uint8_t { ordinary, dynamic_vipas, start, stop };

stage stage_of(statement_body const& body) {
    if (body.as<start_statement>() != nullptr) return stage::start;
    if (body.as<stop_statement>() != nullptr) return stage::stop;
    bool const dynamic =
        body.as<vipadefine_statement>() != nullptr || body.as<vipabackup_statement>() != nullptr ||
        body.as<vipadelete_statement>() != nullptr ||
        body.as<vipadistribute_statement>() != nullptr ||
        body.as<viparange_statement>() != nullptr || body.as<viparoute_statement>() != nullptr;
    return dynamic ? stage::dynamic_vipas : stage::ordinary;
}

void carry_out(application& run, statement const& wanted) {
    wanted.body.visit([&](auto const& body) {
        if constexpr (requires { parser::carry_out(run, body, wanted.where); })
            parser::carry_out(run, body, wanted.where);
        else
            parser::carry_out(run, body);
    });
}

/// The statements to be carried out.
struct work {
    profile const& updates;
    std::vector<bool> left_out = {};  ///< by place in `updates`; empty: none

    template <typename Visitor>
    void each(Visitor visit) const {
        std::size_t place = 0;
        for (auto const& statement : updates.statements)
            if (left_out.empty() || !left_out[place++]) visit(statement);
    }
};

void carry_out(application& run, work const& all, stage which) {
    all.each([&](statement const& each) {
        if (stage_of(each.body) == which) carry_out(run, each);
    });
}

/// Where the last statement of a kind begins.
template <typename Kind>
span last(work const& all) {
    span found;
    all.each([&](statement const& each) {
        if (each.body.as<Kind>() != nullptr) found = each.where;
    });
    return found;
}

void settle_ordinary(application& run, work const& all) {
    settle_home(run, last<home_statement>(all));
    settle_source_vipa(run, last<ipconfig_statement>(all));
}

void carry_out(application& run, work const& all) {
    carry_out(run, all, stage::ordinary);
    settle_ordinary(run, all);
    carry_out(run, all, stage::dynamic_vipas);
    settle_source_vipa6(run, last<ipconfig6_statement>(all));
    settle_sources(run, last<srcip_statement>(all));
    settle_ports(run, last<portrange_statement>(all));
    carry_out(run, all, stage::start);
    carry_out(run, all, stage::stop);
}

bool is_source_entry(statement const& each) {
    return each.body.as<srcip_job_statement>() != nullptr ||
           each.body.as<srcip_destination_statement>() != nullptr;
}

/// Leaves out the statement that each place is in, and with an SRCIP the entries of its block.
/// Whether there were any.
bool leave_out(work& from, std::vector<span> const& places) {
    auto const& statements = from.updates.statements;
    from.left_out.resize(statements.size());
    bool any = false;
    for (auto const& place : places) {
        auto const behind = std::ranges::upper_bound(
            statements, place.begin, {}, [](statement const& each) { return each.where.begin; });
        if (behind == statements.begin()) continue;
        auto at = static_cast<std::size_t>(behind - statements.begin()) - 1;
        any = any || !from.left_out[at];
        from.left_out[at] = true;
        if (statements[at].body.as<srcip_statement>() == nullptr) continue;
        for (++at; at < statements.size() && is_source_entry(statements[at]); ++at)
            from.left_out[at] = true;
    }
    return any;
}

/// What is left when faulty statements, and those that need them, are left out.
apply_result skip_faulty(configuration const& running, profile const& updates, phase when) {
    work all{updates};
    std::vector<diagnostic> errors;
    for (;;) {
        // Complete: what a statement with an error would have defined is not there.
        application run(running, *updates.source, true, when);
        carry_out(run, all);
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
        if (!leave_out(all, places))  // nothing to blame: all is refused
            return {running, std::move(errors), true};
    }
}

}  // namespace

apply_result apply(configuration const& running, profile const& updates, phase when,
                   on_error then) {
    if (then == on_error::skip) return skip_faulty(running, updates, when);
    application run(running, *updates.source, updates.complete, when);
    carry_out(run, work{updates});
    return std::move(run).take();
}

}  // namespace parser
