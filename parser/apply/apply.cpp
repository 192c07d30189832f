#include "parser/apply/application.hpp"

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

void carry_out(application& run, profile const& updates, stage which) {
    for (auto const& statement : updates.statements)
        if (stage_of(statement.body) == which) carry_out(run, statement);
}

/// Where the last statement of a kind begins.
template <typename Kind>
span last(profile const& updates) {
    span found;
    for (auto const& statement : updates.statements)
        if (statement.body.as<Kind>() != nullptr) found = statement.where;
    return found;
}

void settle_ordinary(application& run, profile const& updates) {
    settle_home(run, last<home_statement>(updates));
    settle_source_vipa(run, last<ipconfig_statement>(updates));
    if (run.routes_begun && run.next.routes != run.running.routes)
        run.changed(change_kind::routes_replaced,
                    "static routes replaced, now " + std::to_string(run.next.routes.size()));
}

}  // namespace

apply_result apply(configuration const& running, profile const& updates, phase when) {
    application run(running, updates, when);
    carry_out(run, updates, stage::ordinary);
    settle_ordinary(run, updates);
    carry_out(run, updates, stage::dynamic_vipas);
    settle_source_vipa6(run, last<ipconfig6_statement>(updates));
    settle_sources(run, last<srcip_statement>(updates));
    settle_ports(run, last<portrange_statement>(updates));
    note_sharing_changes(run);
    carry_out(run, updates, stage::start);
    carry_out(run, updates, stage::stop);
    return std::move(run).take();
}

}  // namespace parser
