// NETSTAT VCRT: which stack the packets of each connection to or from a DVIPA go to.
#include "operator/report/columns.hpp"
#include "operator/report/reports.hpp"
#include "operator/report/row_screen.hpp"

namespace operators {

namespace {

struct route_row {
    socket_name destination;
    socket_name source;
    std::string xcf;
};

route_row take_row(app::json_members& members) {
    route_row row;
    row.destination = take_socket(members, "destination");
    row.source = take_socket(members, "source");
    row.xcf = members.text("destinationXcf");
    return row;
}

void put_short(screen& to, std::vector<route_row> const& rows) {
    to.put("Dest IPaddr     DPort Src IPaddr      SPort DestXCF Addr");
    to.rule("-----------     ----- ----------      ----- ------------");
    for (auto const& row : rows)
        to.put(columns()
                   .at(1, row.destination.address)
                   .at(17, zero_filled(row.destination.port, 5))
                   .at(23, row.source.address)
                   .at(39, zero_filled(row.source.port, 5))
                   .at(45, row.xcf)
                   .text());
}

void put_long(screen& to, std::vector<route_row> const& rows) {
    for (auto const& row : rows) {
        to.put("Dest:      " + row.destination.text());
        to.put("  Source:  " + row.source.text());
        to.put("  DestXCF: " + row.xcf);
    }
}

constexpr row_report<route_row> report{
    .list = "routes",
    .title = "Dynamic VIPA Connection Routing Table:",
    .take = take_row,
    .has_ipv6 =
        [](auto const& row) { return is_ipv6(row.destination.address) || is_ipv6(row.xcf); },
    .put_short = put_short,
    .put_long = put_long,
};

}  // namespace

screen routing_table_screen(app::json_members& document, wanted_layout wanted) {
    return row_screen(document, wanted, report);
}

}  // namespace operators
