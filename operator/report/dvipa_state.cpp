// NETSTAT VIPADYN: the dynamic VIPAs this stack knows and what it is for each.
#include "operator/report/columns.hpp"
#include "operator/report/reports.hpp"
#include "operator/report/row_screen.hpp"

namespace operators {

namespace {

struct dvipa_row {
    std::string address;
    std::optional<unsigned> length;
    std::string status;
    std::string origin;
    std::string distribution;
    std::string active_since;
};

dvipa_row take_row(app::json_members& members) {
    dvipa_row row;
    row.address = members.text("address");
    row.length = take_length(members, "prefixLength");
    row.status = members.text("status");
    row.origin = members.text("origin");
    row.distribution = members.text("distStatus");
    row.active_since = members.text_or_empty("activeSince");
    return row;
}

void put_short(screen& to, std::vector<dvipa_row> const& rows) {
    to.put("  IP Address      AddressMask     Status    Origination     DistStat");
    to.rule("  ----------      -----------     ------    -----------     --------");
    for (auto const& row : rows) {
        to.put(columns()
                   .at(3, row.address)
                   .at(19, row.length ? dotted_mask(*row.length) : "")
                   .at(35, row.status)
                   .at(45, row.origin)
                   .at(61, row.distribution)
                   .text());
        if (!row.active_since.empty()) to.put("    ActTime:      " + zos_time(row.active_since));
    }
}

void put_long(screen& to, std::vector<dvipa_row> const& rows) {
    for (auto const& row : rows) {
        to.put("  IpAddr/PrefixLen: " + row.address +
               (row.length ? "/" + std::to_string(*row.length) : ""));
        to.put(columns()
                   .at(5, "Status: " + row.status)
                   .at(22, "Origin: " + row.origin)
                   .at(48, row.distribution.empty() ? "DistStat:" : "DistStat: " + row.distribution)
                   .text());
        if (!row.active_since.empty()) to.put("    ActTime: " + zos_time(row.active_since));
    }
}

struct route_row {
    std::string xcf;
    std::string target;
    std::string status;
};

route_row take_route(app::json_members& members) {
    return {members.text("destinationXcf"), members.text("target"), members.text("status")};
}

void put_routes(screen& to, std::vector<route_row> const& rows) {
    to.put("VIPA Route:");
    bool const is_long = to.shape == layout::long_lines;
    if (!is_long) {
        to.put("  XCF Address     TargetIp        RtStatus");
        to.rule("  -----------     --------        --------");
    }
    for (auto const& row : rows) {
        if (!is_long) {
            to.put(columns().at(3, row.xcf).at(19, row.target).at(35, row.status).text());
            continue;
        }
        to.put("  DestXCF: " + row.xcf);
        to.put("    TargetIp: " + row.target);
        to.put("    RtStatus: " + row.status);
    }
}

constexpr row_report<dvipa_row> report{
    .list = "dvipas",
    .title = "Dynamic VIPA:",
    .take = take_row,
    .has_ipv6 = [](auto const& row) { return is_ipv6(row.address); },
    .put_short = put_short,
    .put_long = put_long,
};

}  // namespace

screen dvipa_state_screen(app::json_members& document, wanted_layout wanted) {
    auto const routes = take_list(document, "vipaRoutes", take_route);
    auto result = row_screen(document, wanted, report);
    if (!routes.empty()) put_routes(result, routes);
    return result;
}

}  // namespace operators
