// DISPLAY CF PORTS: the coupling facility's view of each shared address. z/OS has no such screen;
// this one is ours.
#include "operator/report/columns.hpp"
#include "operator/report/reports.hpp"

namespace operators {

namespace {

struct holder {
    std::string stack;
    std::string system;
    std::uint64_t slot = 0;
    std::uint64_t incarnation = 0;
    std::string state;
    std::uint64_t in_use = 0;
    std::uint64_t service = 0;
};

/// Of the stack that was asked.
struct own_blocks {
    std::uint64_t count = 0;
    std::uint64_t ports = 0;
    std::uint64_t free = 0;
};

struct shared_address {
    std::string address;
    std::string state;
    std::string form;
    std::uint64_t grain = 0;
    std::uint64_t in_use = 0;
    std::uint64_t available = 0;
    std::uint64_t service = 0;
    std::optional<std::uint64_t> connections;  ///< HASHTABLE
    std::optional<own_blocks> blocks;          ///< GRAIN above 1
    std::vector<holder> stacks;
};

holder take_holder(app::json_members& members) {
    holder row;
    row.stack = members.text("stack");
    row.system = members.text("system");
    row.slot = take_count(members, "slot");
    row.incarnation = take_count(members, "incarnation");
    row.state = members.text("state");
    row.in_use = take_count(members, "inUse");
    row.service = take_count(members, "service");
    return row;
}

shared_address take_shared(app::json_members& members) {
    shared_address row;
    row.address = members.text("address");
    row.state = members.text("state");
    row.form = members.text_or_empty("form");
    row.grain = members.optional_number("grain", 1024).value_or(0);
    row.in_use = take_count(members, "inUse");
    row.available = take_count(members, "available");
    row.service = take_count(members, "service");
    row.connections = members.optional_number("connections", 0xffffffff);
    if (auto const* of_blocks = members.optional_object("blocks")) {
        app::json_members blocks(*of_blocks, "blocks", members.others());
        row.blocks = {take_count(blocks, "count"), take_count(blocks, "ports"),
                      take_count(blocks, "free")};
        members.include(blocks);
    }
    row.stacks = take_list(members, "stacks", take_holder);
    return row;
}

void put_facility(screen& to, app::json_members& document) {
    app::json_members facility(document.object("facility"), "facility", document.others());
    auto const kind = facility.text("kind");
    auto const path = facility.text_or_empty("path");
    to.put("Coupling facility: " + kind + (path.empty() ? "" : " " + path));
    to.put("  State: " + facility.text("state"));
    document.include(facility);
}

void put_shared(screen& to, shared_address const& row) {
    to.put(shared_name(row.address));
    to.put(columns()
               .at(3, "State: " + row.state)
               .at(20, "Form: " + row.form)
               .at(38, "Grain: " + std::to_string(row.grain))
               .text());
    to.put(columns()
               .at(3, "In use: " + std::to_string(row.in_use))
               .at(20, "Available: " + std::to_string(row.available))
               .at(38, "Service: " + std::to_string(row.service))
               .text());
    if (row.connections) to.put("  Connections: " + std::to_string(*row.connections));
    if (row.blocks)
        to.put("  Blocks of this stack: " + std::to_string(row.blocks->count) + " with " +
               std::to_string(row.blocks->ports) + " ports, " + std::to_string(row.blocks->free) +
               " free");
    to.put("  TCPName  MVSName  Slot Incarnation State    In use Service");
    to.rule("  -------  -------  ---- ----------- -----    ------ -------");
    for (auto const& each : row.stacks)
        to.put(columns()
                   .at(3, each.stack)
                   .at(12, each.system)
                   .at(21, std::to_string(each.slot))
                   .at(26, std::to_string(each.incarnation))
                   .at(38, each.state)
                   .at(47, std::to_string(each.in_use))
                   .at(54, std::to_string(each.service))
                   .text());
}

// Shown once there is something to say.
void put_recalls(screen& to, app::json_members& document) {
    auto const* of_recalls = document.optional_object("recalls");
    if (of_recalls == nullptr) return;
    app::json_members recalls(*of_recalls, "recalls", document.others());
    auto const asked = take_count(recalls, "asked");
    auto const timed_out = take_count(recalls, "timedOut");
    auto const served = take_count(recalls, "served");
    document.include(recalls);
    if (asked + served == 0) return;
    to.put("  Recalls: " + std::to_string(asked) + " asked, " + std::to_string(timed_out) +
           " timed out, " + std::to_string(served) + " served");
}

}  // namespace

std::string shared_name(std::string const& address) {
    return address == "::" ? "EXPLICITBINDPORTRANGE" : "DVIPA: " + address;
}

screen facility_screen(app::json_members& document) {
    screen result;
    put_facility(result, document);
    put_recalls(result, document);
    auto const rows = take_list(document, "dvipas", take_shared);
    for (auto const& row : rows)
        put_shared(result, row);
    result.shown = rows.size();
    result.total = take_total(document, rows.size());
    return result;
}

}  // namespace operators
