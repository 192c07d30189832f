// DISPLAY CONFIG and HISTORY: the configuration as a profile, and the last ones.
#include "operator/report/columns.hpp"
#include "operator/report/reports.hpp"

namespace operators {

namespace {

struct kept {
    std::uint64_t number = 0;
    std::string time;
    std::string by;
    std::string command;
};

kept take_kept(app::json_members& members) {
    kept row;
    row.number = members.has("number") ? take_count(members, "number") : 0;
    row.time = members.text("time");
    row.by = members.text_or_empty("by");
    row.command = members.text("command");
    return row;
}

std::string line_of(kept const& row, std::string const& number) {
    return columns()
        .at(1, number)
        .at(9, zos_time(row.time))
        .at(29, row.by)
        .at(38, row.command)
        .text();
}

}  // namespace

screen configuration_screen(app::json_members& document) {
    auto const text = document.text("profile");
    screen result;
    result.counted = false;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = text.find('\n', at);
        result.put(text.substr(at, end - at));
        if (end == std::string::npos) break;
        at = end + 1;
    }
    return result;
}

screen history_screen(app::json_members& document) {
    auto const rows = take_list(document, "configurations", take_kept);
    auto const held = take_count(document, "longestHeldMicroseconds");
    screen result;
    result.counted = false;
    result.put("NUMBER  TIME                USER     COMMAND");
    result.rule("------  ------------------- -------- -------");
    for (auto const& row : rows)
        result.put(line_of(row, std::to_string(row.number)));
    if (auto const* const waiting = document.optional_object("unconfirmed")) {
        auto members = app::json_members(*waiting, "unconfirmed", document.others());
        result.put(line_of(take_kept(members), "unconf."));
        document.include(members);
    }
    result.put("The longest that a change kept a shard from its packets: " + std::to_string(held) +
               " microseconds");
    return result;
}

}  // namespace operators
