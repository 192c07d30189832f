// NETSTAT STATS: what the stack has counted, protocol by protocol.
#include "operator/report/columns.hpp"
#include "operator/report/reports.hpp"
#include "operator/report/statistics_names.hpp"

#include <algorithm>
#include <utility>

namespace operators {

namespace {

struct counter_row {
    std::string name;
    std::string protocol;
    std::string meaning;
    std::uint64_t count = 0;

    bool is_zos() const { return !zos_counter(name).empty(); }
    std::string label() const {
        return is_zos() ? std::string(zos_counter(name)) : own_counter(name);
    }
};

counter_row take_row(app::json_members& members) {
    counter_row row;
    row.name = members.text("name");
    row.protocol = members.text("protocol");
    row.meaning = members.text("meaning");
    row.count = take_count(members, "count");
    return row;
}

using rows = std::vector<counter_row>;

/// LONG says what each one counts.
void put_block(screen& to, std::string const& title, rows const& all, auto wanted) {
    bool begun = false;
    for (auto const& row : all) {
        if (!wanted(row)) continue;
        if (!std::exchange(begun, true)) to.put(title);
        to.put(columns().at(3, row.label()).at(43, "= " + std::to_string(row.count)).text());
        if (to.shape == layout::long_lines) to.put("    " + row.meaning);
    }
}

/// What z/OS has first and in its order, then what is ours.
void put_protocol(screen& to, std::string const& protocol, rows const& all) {
    auto const is = [&protocol](counter_row const& row) { return row.protocol == protocol; };
    std::string const name = protocol == "DVIPA" ? "Dynamic VIPA" : protocol;
    put_block(to, name + " Statistics", all,
              [&](auto const& row) { return is(row) && row.is_zos(); });
    put_block(to, name + " Statistics (tcpplex)", all,
              [&](auto const& row) { return is(row) && !row.is_zos() && !counts_drops(row.name); });
    put_block(to, name + " Discards by Reason (tcpplex)", all,
              [&](auto const& row) { return is(row) && !row.is_zos() && counts_drops(row.name); });
}

}  // namespace

screen statistics_screen(app::json_members& document, wanted_layout wanted) {
    auto all = take_list(document, "counters", take_row);
    std::ranges::stable_sort(all, {}, [](auto const& row) { return zos_place(row.name); });
    screen result;
    result.shape = choose(wanted, false);
    result.counted = false;
    for (auto const* const protocol : {"IP", "ICMP", "TCP", "UDP", "DVIPA"})
        put_protocol(result, protocol, all);
    return result;
}

}  // namespace operators
