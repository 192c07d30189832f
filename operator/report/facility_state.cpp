// DISPLAY CF CONNECTORS, LOCKS and VERIFY: who is connected, who has what locked, is all well.
#include "operator/report/columns.hpp"
#include "operator/report/reports.hpp"

namespace operators {

namespace {

struct connector_row {
    std::string stack;
    std::string system;
    std::uint64_t slot = 0;
    std::uint64_t incarnation = 0;
    std::uint64_t pid = 0;
    std::string since;
    bool alive = false;
};

connector_row take_connector(app::json_members& members) {
    connector_row row;
    row.stack = members.text("stack");
    row.system = members.text("system");
    row.slot = take_count(members, "slot");
    row.incarnation = take_count(members, "incarnation");
    row.pid = take_count(members, "pid");
    row.since = members.text_or_empty("since");
    row.alive = members.flag("alive");
    return row;
}

struct lock_row {
    std::string address;
    std::string holder;
    std::uint64_t inherited = 0;
    std::uint64_t repaired = 0;
};

lock_row take_lock(app::json_members& members) {
    lock_row row;
    row.address = members.text("address");
    row.holder = members.text_or_empty("holder");
    row.inherited = take_count(members, "inherited");
    row.repaired = take_count(members, "repaired");
    return row;
}

std::string take_violation(app::json_members& members) {
    return members.text("text");
}

void put_standing(screen& to, app::json_members& document) {
    app::json_members standing(document.object("standing"), "standing", document.others());
    to.put("Standing check: " + std::to_string(take_count(standing, "checks")) + " checks, " +
           std::to_string(take_count(standing, "violations")) + " violations since the start");
    document.include(standing);
}

// Where proof of life is a lease.
void put_lease(screen& to, app::json_members& document) {
    auto const* const found = document.optional_object("lease");
    if (found == nullptr) return;
    app::json_members lease(*found, "lease", document.others());
    auto const state = lease.text("state");
    auto const left = take_count(lease, "millisecondsLeft");
    to.put("Lease of this stack: " + state +
           (left != 0 ? ", ends in " + std::to_string(left) + " ms unless renewed" : ""));
    document.include(lease);
}

}  // namespace

void put_problems(screen& to, app::json_members& document) {
    auto const* const problems = document.optional_array("problems");
    if (problems == nullptr) return;
    for (auto const& each : *problems)
        if (auto const* const text = each.if_string())
            to.put("Not shown: " + std::string(text->data(), text->size()));
}

screen facility_connectors_screen(app::json_members& document) {
    auto const rows = take_list(document, "connectors", take_connector);
    screen result;
    result.put("TCPName  MVSName  Slot Incarnation PID      State  Since");
    result.rule("-------  -------  ---- ----------- ---      -----  -----");
    for (auto const& row : rows)
        result.put(columns()
                       .at(1, row.stack)
                       .at(10, row.system)
                       .at(19, std::to_string(row.slot))
                       .at(24, std::to_string(row.incarnation))
                       .at(36, std::to_string(row.pid))
                       .at(45, row.alive ? "alive" : "dead")
                       .at(52, zos_time(row.since))
                       .text());
    put_lease(result, document);
    result.shown = result.total = rows.size();
    return result;
}

screen facility_locks_screen(app::json_members& document) {
    auto const rows = take_list(document, "locks", take_lock);
    screen result;
    result.put("DVIPA           Holder   Inherited Repaired");
    result.rule("-----           ------   --------- --------");
    for (auto const& row : rows)
        result.put(columns()
                       .at(1, row.address)
                       .at(17, row.holder.empty() ? "none" : row.holder)
                       .at(26, std::to_string(row.inherited))
                       .at(36, std::to_string(row.repaired))
                       .text());
    result.shown = rows.size();
    result.total = take_total(document, rows.size());
    return result;
}

screen facility_verify_screen(app::json_members& document) {
    auto const violations = take_list(document, "violations", take_violation);
    auto const verified = take_count(document, "verified");
    screen result;
    result.put("DVIPAs verified: " + std::to_string(verified) +
               "  Violations: " + std::to_string(violations.size()));
    for (auto const& each : violations)
        result.put("  " + each);
    put_problems(result, document);
    put_standing(result, document);
    result.shown = result.total = violations.size();
    return result;
}

}  // namespace operators
