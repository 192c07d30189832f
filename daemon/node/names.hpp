// Names and symbols that follow from the host settings.
#pragma once

#include "daemon/host/host_settings.hpp"
#include "parser/source/text.hpp"

#include <string>

namespace tcpplexd {

/// The XCF group of the stack: EZBTCPCS, or EZBTvvtt in a subplex (XCFGRPID tt; the VTAM half is
/// always the default).
std::string group_name(host_settings const& host);

/// Where the stack's last configurations are kept: beside its control socket.
std::string history_directory(host_settings const& host);

/// The system symbols of profiles.
parser::symbol_table symbols_of(host_settings const& host);

}  // namespace tcpplexd
