// NETSTAT CONN and ALLCONN: one record a TCP endpoint or UDP socket.
#include "operator/report/columns.hpp"
#include "operator/report/reports.hpp"
#include "operator/report/row_screen.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace operators {

namespace {

struct connection_row {
    std::string user;
    std::string id;
    socket_name local;
    socket_name foreign;
    std::string state;

    bool is_udp() const { return state == "UDP"; }
    /// A UDP socket that is not connected is nobody's peer.
    std::string foreign_text() const {
        return is_udp() && foreign.port == 0 ? "*..*" : foreign.text();
    }
};

// The documents have the names of RFC 9293 3.3.2; the screens have eight columns.
std::string state_name(std::string const& rfc) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 11> names{{
        {"LISTEN", "Listen"},
        {"SYN-SENT", "SynSent"},
        {"SYN-RECEIVED", "SynRcvd"},
        {"ESTABLISHED", "Establsh"},
        {"FIN-WAIT-1", "FinWait1"},
        {"FIN-WAIT-2", "FinWait2"},
        {"CLOSE-WAIT", "ClosWait"},
        {"CLOSING", "Closing"},
        {"LAST-ACK", "LastAck"},
        {"TIME-WAIT", "TimeWait"},
        {"CLOSED", "Closed"},
    }};
    auto const* const known =
        std::ranges::find(names, rfc, &std::pair<std::string_view, std::string_view>::first);
    return known == names.end() ? rfc : std::string(known->second);
}

connection_row take_row(app::json_members& members) {
    connection_row row;
    row.user = members.text("user");
    row.id = members.text("connId");
    row.local = take_socket(members, "local");
    row.foreign = take_socket(members, "foreign");
    row.state = state_name(members.text("state"));
    return row;
}

void put_short(screen& to, std::vector<connection_row> const& rows) {
    to.put("User Id  Conn     Local Socket           Foreign Socket         State");
    to.rule("-------  ----     ------------           --------------         -----");
    for (auto const& row : rows)
        to.put(columns()
                   .at(1, row.user)
                   .at(10, row.id)
                   .at(19, row.local.text())
                   .at(42, row.foreign_text())
                   .at(65, row.state)
                   .text());
}

void put_long(screen& to, std::vector<connection_row> const& rows) {
    to.put("User Id  Conn     State");
    to.rule("-------  ----     -----");
    for (auto const& row : rows) {
        to.put(columns().at(1, row.user).at(10, row.id).at(19, row.state).text());
        to.put("  Local Socket:   " + row.local.text());
        to.put("  Foreign Socket: " + row.foreign_text());
    }
}

constexpr row_report<connection_row> report{
    .list = "connections",
    .title = "",
    .take = take_row,
    .has_ipv6 =
        [](auto const& row) { return is_ipv6(row.local.address) || is_ipv6(row.foreign.address); },
    .put_short = put_short,
    .put_long = put_long,
};

}  // namespace

screen connections_screen(app::json_members& document, wanted_layout wanted) {
    return row_screen(document, wanted, report);
}

}  // namespace operators
