// What the reports of connections have in common.
#include "operator/report/connection_row.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace operators {

namespace {

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

}  // namespace

std::string connection_row::foreign_text() const {
    return is_udp() && foreign.port == 0 ? "*..*" : foreign.text();
}

connection_row take_connection(app::json_members& members) {
    connection_row row;
    row.user = members.text("user");
    row.id = members.text("connId");
    row.local = take_socket(members, "local");
    row.foreign = take_socket(members, "foreign");
    row.state = state_name(members.text("state"));
    return row;
}

}  // namespace operators
