// DISPLAY CF STRUCTURE: what the structures of each shared address say.
#include "operator/report/columns.hpp"
#include "operator/report/reports.hpp"

namespace operators {

namespace {

struct port_range {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};

struct second_structure {
    std::string stack;
    std::uint64_t slot = 0;
    std::vector<port_range> held;
    std::vector<port_range> served;
};

struct structure {
    std::string address;
    std::string form;
    std::uint64_t grain = 0;
    std::string state;
    std::uint64_t generation = 0;
    std::uint64_t version = 0;
    std::string set_by;
    std::vector<second_structure> stacks;
};

port_range take_range(app::json_members& members) {
    port_range row;
    row.first = take_count(members, "first");
    row.last = take_count(members, "last");
    return row;
}

second_structure take_second(app::json_members& members) {
    second_structure row;
    row.stack = members.text_or_empty("stack");
    row.slot = take_count(members, "slot");
    row.held = take_list(members, "held", take_range);
    row.served = take_list(members, "served", take_range);
    return row;
}

structure take_structure(app::json_members& members) {
    structure row;
    row.address = members.text("address");
    row.form = members.text("form");
    row.grain = take_count(members, "grain");
    row.state = members.text("state");
    row.generation = take_count(members, "generation");
    row.version = take_count(members, "version");
    row.set_by = members.text_or_empty("setBy");
    row.stacks = take_list(members, "stacks", take_second);
    return row;
}

// Lines of at most 80 columns: a busy stack's ports are many ranges.
void put_ranges(screen& to, std::string const& heading, std::vector<port_range> const& ranges) {
    std::string line = heading + (ranges.empty() ? " none" : "");
    for (auto const& each : ranges) {
        auto text = std::to_string(each.first);
        if (each.last != each.first) text += "-" + std::to_string(each.last);
        if (line.size() + 1 + text.size() > 80) {
            to.put(line);
            line = "     ";
        }
        line += " " + text;
    }
    to.put(line);
}

void put_structure(screen& to, structure const& row) {
    to.put(shared_name(row.address));
    to.put(columns()
               .at(3, "State: " + row.state)
               .at(20, "Form: " + row.form)
               .at(38, "Grain: " + std::to_string(row.grain))
               .text());
    to.put(columns()
               .at(3, "Generation: " + std::to_string(row.generation))
               .at(20, "Version: " + std::to_string(row.version))
               .at(38, row.set_by.empty() ? "" : "Set by: " + row.set_by)
               .text());
    for (auto const& each : row.stacks) {
        to.put("  TCPName: " +
               (each.stack.empty() ? "slot " + std::to_string(each.slot) : each.stack));
        put_ranges(to, "    Ports:", each.held);
        put_ranges(to, "    Service ports:", each.served);
    }
}

}  // namespace

screen facility_structure_screen(app::json_members& document) {
    auto const rows = take_list(document, "dvipas", take_structure);
    screen result;
    for (auto const& row : rows)
        put_structure(result, row);
    put_problems(result, document);
    result.shown = rows.size();
    result.total = take_total(document, rows.size());
    return result;
}

}  // namespace operators
