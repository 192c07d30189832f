// NETSTAT VDPT: the stacks that connections to a distributed DVIPA and port may go to.
#include "operator/report/columns.hpp"
#include "operator/report/distribution_method.hpp"
#include "operator/report/reports.hpp"
#include "operator/report/row_screen.hpp"

namespace operators {

namespace {

struct destination_row {
    socket_name destination;
    std::string xcf;
    std::uint64_t ready = 0;
    std::uint64_t total_connections = 0;
    std::uint64_t active_connections = 0;
    std::uint64_t weight = 0;
    std::uint64_t responsiveness = 0;  ///< per cent, as those that follow
    std::uint64_t connectivity = 0;
    std::uint64_t establishment = 0;
    std::uint64_t efficiency = 0;
    std::uint64_t health = 0;
    std::string method;
    bool active = true;  ///< HOTSTANDBY: it gets the connections
    bool dynamic = false;
};

destination_row take_row(app::json_members& members) {
    destination_row row;
    row.destination = take_socket(members, "destination");
    row.xcf = members.text("destinationXcf");
    row.ready = take_count(members, "ready");
    row.total_connections = take_count(members, "totalConnections");
    row.active_connections = take_count(members, "activeConnections");
    row.weight = take_count(members, "weight");
    row.responsiveness = take_count(members, "responsiveness");
    row.connectivity = take_count(members, "connectivitySuccessRate");
    row.establishment = take_count(members, "establishmentRate");
    row.efficiency = take_count(members, "acceptEfficiency");
    row.health = take_count(members, "health");
    row.method = members.text("distMethod");
    row.active = members.flag("active");
    row.dynamic = members.flag("dynamic");
    return row;
}

bool is_standby(destination_row const& row) {
    return upper_case(row.method) == "HOTSTANDBY";
}

/// The method; D: of a port that no PORT list names; I: stands by.
std::string flags_of(destination_row const& row) {
    return method_letter(row.method) + (row.dynamic ? "D" : "") +
           (is_standby(row) && !row.active ? "I" : "");
}

std::string standing_of(destination_row const& row) {
    if (!is_standby(row)) return {};
    return row.active ? ", Active" : ", Inactive";
}

void put_short(screen& to, std::vector<destination_row> const& rows) {
    to.put("Dest IPaddr     DPort DestXCF Addr    Rdy TotalConn  WLM TSR Flg");
    to.rule("-----------     ----- ------------    --- ---------  --- --- ---");
    for (auto const& row : rows)
        to.put(columns()
                   .at(1, row.destination.address)
                   .at(17, zero_filled(row.destination.port, 5))
                   .at(23, row.xcf)
                   .at(39, zero_filled(row.ready, 3))
                   .at(43, zero_filled(row.total_connections, 10))
                   .at(54, zero_filled(row.weight, 2))
                   .at(58, zero_filled(row.responsiveness, 3))
                   .at(62, flags_of(row))
                   .text());
}

void put_long(screen& to, std::vector<destination_row> const& rows) {
    for (auto const& row : rows) {
        to.put("Dest:         " + row.destination.text());
        to.put("  DestXCF:    " + row.xcf);
        to.put("  TotalConn:  " + zero_filled(row.total_connections, 10) +
               "  Rdy: " + zero_filled(row.ready, 3) + "  WLM: " + zero_filled(row.weight, 2) +
               "  TSR: " + zero_filled(row.responsiveness, 3));
        to.put("  Flg:        " + std::string(row.dynamic ? "Dynamic, " : "") +
               method_word(row.method) + standing_of(row));
        to.put("    TCSR: " + zero_filled(row.connectivity, 3) + "  CER: " +
               zero_filled(row.establishment, 3) + "  SEF: " + zero_filled(row.efficiency, 3));
        to.put("    Health: " + zero_filled(row.health, 3));
        to.put("    ActiveConn: " + zero_filled(row.active_connections, 10));
    }
}

constexpr row_report<destination_row> report{
    .list = "destinations",
    .title = "Dynamic VIPA Destination Port Table for TCP/IP stacks:",
    .take = take_row,
    .has_ipv6 =
        [](auto const& row) { return is_ipv6(row.destination.address) || is_ipv6(row.xcf); },
    .put_short = put_short,
    .put_long = put_long,
};

}  // namespace

screen destination_port_screen(app::json_members& document, wanted_layout wanted) {
    return row_screen(document, wanted, report);
}

}  // namespace operators
