// display cf trace: what the stacks did to the shared ports lately.
#include "daemon/display/facility_part.hpp"

#include <algorithm>
#include <array>

namespace tcpplexd {

namespace json = boost::json;

namespace {

constexpr std::size_t default_records = 100;

struct entry {
    cf::dvipa of;
    cf::trace::record record;
};

std::string_view outcome_of(cf::trace::record const& record) {
    if (!record.refused) return "done";
    switch (*record.refused) {
        case cf::error::exhausted:
            return "exhausted";
        case cf::error::in_use:
            return "in use";
        case cf::error::busy:
            return "busy";
        case cf::error::enabling:
            return "enabling";
        case cf::error::not_shared:
            return "not shared";
        case cf::error::unavailable:
            return "unavailable";
        case cf::error::full:
            return "full";
        case cf::error::disagree:
            return "disagree";
    }
    return "";
}

void put_ports(json::array& into, std::string_view where, std::string_view how,
               cf::trace::ports const& which) {
    if (which.count == 0) return;
    into.push_back(json::object{
        {"where", where}, {"how", how}, {"port", which.first}, {"count", which.count}});
}

json::array changes_of(cf::trace::record const& record) {
    json::array changes;
    put_ports(changes, "held", "set", record.held.set);
    put_ports(changes, "served", "set", record.served.set);
    put_ports(changes, "first", "set", record.first.set);
    put_ports(changes, "first", "cleared", record.first.cleared);
    put_ports(changes, "held", "cleared", record.held.cleared);
    put_ports(changes, "served", "cleared", record.served.cleared);
    return changes;
}

json::object describe(entry const& from, std::vector<cf::member> const& members) {
    auto const& record = from.record;
    json::object row{{"dvipa", stack_address(from.of).to_string()},
                     {"number", record.number},
                     {"version", record.version},
                     {"at", time_of(record.when)},
                     {"stack", stack_in(members, record.slot, record.incarnation)},
                     {"slot", record.slot},
                     {"incarnation", record.incarnation},
                     {"step", cf::name_of(record.what)},
                     {"outcome", outcome_of(record)},
                     {"port", record.port},
                     {"state", cf::name_of(record.settings.state)},
                     {"generation", record.settings.generation}};
    if (record.of_slot < cf::slot_count) row["ofSlot"] = record.of_slot;
    row["changes"] = changes_of(record);
    return row;
}

}  // namespace

json::object facility_trace_document(display_subject const& subject, display_filter const& filter) {
    auto const most = filter.max.value_or(default_records);
    std::vector<entry> entries;
    for (auto const& key : wanted_dvipas(subject, filter))
        for (auto const& each : subject.facility.trace(key, most))
            entries.push_back({key, each});
    std::stable_sort(entries.begin(), entries.end(),
                     [](entry const& a, entry const& b) { return a.record.when < b.record.when; });
    if (entries.size() > most)
        entries.erase(entries.begin(), entries.end() - static_cast<std::ptrdiff_t>(most));
    auto const members = subject.facility.members();
    json::array records;
    for (auto const& each : entries)
        records.push_back(describe(each, members));
    auto result = document(subject, "cf-trace");
    result["records"] = std::move(records);
    return result;
}

}  // namespace tcpplexd
