// NETSTAT CONN and ALLCONN: one record a TCP endpoint or UDP socket.
#include "operator/report/columns.hpp"
#include "operator/report/connection_row.hpp"
#include "operator/report/reports.hpp"
#include "operator/report/row_screen.hpp"

namespace operators {

namespace {

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
    .take = take_connection,
    .has_ipv6 = [](auto const& row) { return row.has_ipv6(); },
    .put_short = put_short,
    .put_long = put_long,
};

}  // namespace

screen connections_screen(app::json_members& document, wanted_layout wanted) {
    return row_screen(document, wanted, report);
}

}  // namespace operators
