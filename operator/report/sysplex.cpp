// DISPLAY TCPIP,,SYSPLEX,GROUP and VIPADYN: the group, and every member's part in each dynamic
// VIPA.
#include "operator/report/columns.hpp"
#include "operator/report/reports.hpp"

#include <cstdio>

namespace operators {

namespace {

struct member_row {
    std::string stack;
    std::string system;
    std::string xcf;
};

member_row take_member(app::json_members& members) {
    member_row row;
    row.stack = members.text("stack");
    row.system = members.text("system");
    row.xcf = members.text_or_empty("dynamicXcf");
    return row;
}

struct part_row {
    std::string stack;
    std::string system;
    std::string status;
    std::uint64_t rank = 0;  ///< 0: none
    std::string distribution;
};

part_row take_part(app::json_members& members) {
    part_row row;
    row.stack = members.text("stack");
    row.system = members.text("system");
    row.status = members.text("status");
    row.rank = members.optional_number("rank", 255).value_or(0);
    row.distribution = members.text_or_empty("dist");
    return row;
}

struct sysplex_dvipa {
    std::string address;
    std::optional<unsigned> length;
    std::string origin;
    std::vector<part_row> stacks;
};

sysplex_dvipa take_dvipa(app::json_members& members) {
    sysplex_dvipa row;
    row.address = members.text("address");
    row.length = take_length(members, "prefixLength");
    row.origin = members.text_or_empty("origin");
    row.stacks = take_list(members, "stacks", take_part);
    return row;
}

// The link that z/OS makes for an IPv4 DVIPA is named after it: 10.1.8.30 is VIPL0A01081E.
std::string link_name(std::string const& address) {
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (std::sscanf(address.c_str(), "%3u.%3u.%3u.%3u", &a, &b, &c, &d) != 4) return {};
    char text[16];
    std::snprintf(text, sizeof text, "VIPL%02X%02X%02X%02X", a & 0xff, b & 0xff, c & 0xff,
                  d & 0xff);
    return text;
}

void put_dvipa(screen& to, sysplex_dvipa const& row) {
    if (auto const link = link_name(row.address); !link.empty()) to.put("LINKNAME:  " + link);
    to.put("IPADDR/PREFIXLEN: " + row.address +
           (row.length ? "/" + std::to_string(*row.length) : ""));
    if (!row.origin.empty()) to.put("  ORIGIN: " + row.origin);
    to.put("  TCPNAME  MVSNAME  STATUS RANK DIST");
    to.rule("  -------- -------- ------ ---- ----");
    for (auto const& part : row.stacks)
        to.put(columns()
                   .at(3, part.stack)
                   .at(12, part.system)
                   .at(21, part.status)
                   .at(28, part.rank == 0 ? "" : zero_filled(part.rank, 3))
                   .at(33, part.distribution == "Dist/Dest" ? "Both" : part.distribution)
                   .text());
}

// Both displays name the stack and system that answered.
struct answered {
    std::string stack;
    std::string system;
};

answered take_answered(app::json_members& document) {
    auto const heading = take_heading(document);
    return {heading.stack, heading.system};
}

std::string no_member(std::string const& stack, std::string const& system) {
    return "EZZ8269I " + stack + " " + system + " IS NOT A MEMBER OF A SYSPLEX GROUP";
}

// "40000-44999"; empty if there is none.
std::string take_port_range(app::json_members& document, std::string const& name) {
    auto const* const found = document.optional_object(name);
    if (found == nullptr) return {};
    app::json_members range(*found, name, document.others());
    auto const first = range.optional_number("first", 65535).value_or(0);
    auto const last = range.optional_number("last", 65535).value_or(0);
    document.include(range);
    return std::to_string(first) + "-" + std::to_string(last);
}

}  // namespace

// z/OS's wording is not published; it has no message id.
screen explicit_bind_screen(app::json_members& document) {
    auto const [stack, system] = take_answered(document);
    auto const group = document.text_or_empty("group");
    auto const configured = take_port_range(document, "configured");
    auto const active = take_port_range(document, "active");
    screen result;
    result.counted = false;
    if (group.empty()) {
        result.put(no_member(stack, system));
        return result;
    }
    result.put("SYSPLEX PORTS FOR " + stack + " AT " + system);
    result.put(configured.empty() ? "NO EXPLICITBINDPORTRANGE IS CONFIGURED ON THIS STACK"
                                  : "CONFIGURED EXPLICITBINDPORTRANGE: " + configured);
    result.put("ACTIVE     EXPLICITBINDPORTRANGE: " + (active.empty() ? "NONE" : active));
    return result;
}

screen group_screen(app::json_members& document) {
    auto const [stack, system] = take_answered(document);
    auto const group = document.text_or_empty("group");
    auto const members = take_list(document, "members", take_member);
    screen result;
    result.counted = false;
    if (group.empty()) {
        result.put(no_member(stack, system));
        return result;
    }
    result.put("EZZ8270I SYSPLEX GROUP FOR " + stack + " AT " + system + " IS " + group);
    result.put("TCPNAME  MVSNAME  DYNAMICXCF");
    result.rule("-------- -------- ---------------");
    for (auto const& row : members)
        result.put(columns().at(1, row.stack).at(10, row.system).at(19, row.xcf).text());
    return result;
}

screen sysplex_dvipa_screen(app::json_members& document) {
    auto const [stack, system] = take_answered(document);
    auto const rows = take_list(document, "dvipas", take_dvipa);
    screen result;
    result.put("EZZ8260I SYSPLEX CS V2R5");
    result.put(
        columns().at(1, "VIPA DYNAMIC DISPLAY FROM").at(27, stack).at(36, "AT " + system).text());
    for (auto const& row : rows)
        put_dvipa(result, row);
    result.shown = rows.size();
    result.total = take_total(document, rows.size());
    return result;
}

}  // namespace operators
