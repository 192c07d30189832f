// NETSTAT VIPADCFG: the VIPADYNAMIC definitions of this stack.
#include "operator/report/dvipa_configuration.hpp"

#include "operator/report/reports.hpp"

#include <boost/json/value.hpp>

#include <algorithm>

namespace operators {

namespace {

defined_dvipa take_define(app::json_members& members) {
    defined_dvipa row;
    row.interface = members.text_or_empty("interface");
    row.address = members.text("address");
    row.length = take_length(members, "prefixLength");
    row.moveable = members.text_or_empty("moveable");
    row.sysplex_ports = members.flag("sysplexPorts");
    row.form = members.text_or_empty("form");
    row.grain = members.optional_number("grain", 1024).value_or(0);
    return row;
}

defined_dvipa take_backup(app::json_members& members) {
    defined_dvipa row = take_define(members);
    row.rank = take_count(members, "rank");
    return row;
}

dvipa_range take_range(app::json_members& members) {
    dvipa_range row;
    row.interface = members.text_or_empty("interface");
    row.network = members.text("network");
    row.length = take_length(members, "prefixLength").value_or(0);
    row.moveable = members.text("moveable");
    row.sysplex_ports = members.flag("sysplexPorts");
    return row;
}

distributed_dvipa take_distribution(app::json_members& members) {
    distributed_dvipa row;
    row.destination = {members.text("address"),
                       static_cast<std::uint16_t>(members.number("port", 65535))};
    row.xcf = members.text("destinationXcf");
    row.sysplex_ports = members.flag("sysplexPorts");
    row.method = members.text("distMethod");
    row.timed_affinity = take_count(members, "timedAffinity");
    row.weight = members.optional_number("weight", 99);
    row.standby = members.text_or_empty("standby");
    row.rank = members.optional_number("rank", 254);
    return row;
}

dvipa_route take_route(app::json_members& members) {
    return {members.text("destinationXcf"), members.text("target")};
}

bool any_ipv6(dvipa_configuration const& shown) {
    auto const by_address = [](auto const& row) { return is_ipv6(row.address); };
    return std::ranges::any_of(shown.define, by_address) ||
           std::ranges::any_of(shown.backup, by_address) ||
           std::ranges::any_of(shown.range, [](auto const& row) { return is_ipv6(row.network); }) ||
           std::ranges::any_of(shown.distribute,
                               [](auto const& row) { return is_ipv6(row.destination.address); }) ||
           std::ranges::any_of(shown.route, [](auto const& row) { return is_ipv6(row.xcf); });
}

}  // namespace

screen dvipa_configuration_screen(app::json_members& document, wanted_layout wanted) {
    dvipa_configuration shown;
    shown.joined = document.flag("joined");
    shown.define = take_list(document, "define", take_define);
    shown.backup = take_list(document, "backup", take_backup);
    shown.range = take_list(document, "range", take_range);
    shown.distribute = take_list(document, "distribute", take_distribution);
    shown.route = take_list(document, "route", take_route);

    screen result;
    result.counted = false;
    result.shape = choose(wanted, any_ipv6(shown));
    if (!shown.joined) {
        result.put("EZZ2502I The stack is not a member of a sysplex group");
        result.put("EZZ2503I All dynamic VIPA configuration is inactive");
    }
    if (shown.empty()) return result;
    result.put("Dynamic VIPA Information:");
    result.shape == layout::long_lines ? put_long(result, shown) : put_short(result, shown);
    return result;
}

}  // namespace operators
