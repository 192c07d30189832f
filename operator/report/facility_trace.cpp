// DISPLAY CF TRACE: what the stacks did to the shared ports lately.
#include "operator/report/columns.hpp"
#include "operator/report/reports.hpp"

namespace operators {

namespace {

struct change {
    std::string where;
    std::string how;
    std::uint64_t port = 0;
    std::uint64_t count = 0;
};

struct operation {
    std::string dvipa;
    std::uint64_t version = 0;
    std::string at;
    std::string stack;
    std::uint64_t slot = 0;
    std::string step;
    std::string outcome;
    std::uint64_t port = 0;
    std::vector<change> changes;
};

change take_change(app::json_members& members) {
    change row;
    row.where = members.text("where");
    row.how = members.text("how");
    row.port = take_count(members, "port");
    row.count = take_count(members, "count");
    return row;
}

operation take_operation(app::json_members& members) {
    operation row;
    row.dvipa = members.text("dvipa");
    row.version = take_count(members, "version");
    row.at = members.text("at");
    row.stack = members.text_or_empty("stack");
    row.slot = take_count(members, "slot");
    row.step = members.text("step");
    row.outcome = members.text("outcome");
    row.port = take_count(members, "port");
    row.changes = take_list(members, "changes", take_change);
    return row;
}

// "+40001" set, "-40001" cleared; "+40001..(12)" twelve, the first of them 40001.
std::string text_of(change const& from) {
    auto text = (from.how == "set" ? "+" : "-") + std::to_string(from.port);
    return from.count == 1 ? text : text + "..(" + std::to_string(from.count) + ")";
}

std::string changes_in(operation const& row, std::string_view where) {
    std::string text;
    for (auto const& each : row.changes)
        if (each.where == where) text += (text.empty() ? "" : " ") + text_of(each);
    return text;
}

std::string outcome_of(operation const& row) {
    if (row.outcome == "done") return "";
    return row.outcome + (row.port == 0 ? "" : " " + std::to_string(row.port));
}

// The stack that made it may be gone: its slot is known still.
std::string who(operation const& row) {
    if (!row.stack.empty()) return row.stack;
    return row.slot < 64 ? "slot " + std::to_string(row.slot) : "a joiner";
}

std::string time_of_day(std::string const& time) {
    return time.size() < 23 ? time : time.substr(11, 12);
}

}  // namespace

screen facility_trace_screen(app::json_members& document) {
    auto const rows = take_list(document, "records", take_operation);
    screen result;
    result.put(
        "Time         DVIPA           Version  TCPName  Step       First        Second       "
        "Service");
    result.rule(
        "----         -----           -------  -------  ----       -----        ------       "
        "-------");
    for (auto const& row : rows)
        result.put(columns()
                       .at(1, time_of_day(row.at))
                       .at(14, row.dvipa)
                       .at(30, std::to_string(row.version))
                       .at(39, who(row))
                       .at(48, row.step)
                       .at(59, changes_in(row, "first"))
                       .at(72, changes_in(row, "held"))
                       .at(85, changes_in(row, "served"))
                       .at(59, outcome_of(row))
                       .text());
    result.shown = result.total = rows.size();
    return result;
}

}  // namespace operators
