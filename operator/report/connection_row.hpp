// What the reports of connections have in common.
#pragma once

#include "operator/report/document.hpp"

#include <string>

namespace operators {

/// A TCP endpoint or UDP socket.
struct connection_row {
    std::string user;
    std::string id;
    socket_name local;
    socket_name foreign;
    std::string state;  ///< as the screens have it: "Establsh"

    bool is_udp() const { return state == "UDP"; }
    bool has_ipv6() const { return is_ipv6(local.address) || is_ipv6(foreign.address); }
    /// A UDP socket that is not connected is nobody's peer.
    std::string foreign_text() const;
};

connection_row take_connection(app::json_members& members);

}  // namespace operators
