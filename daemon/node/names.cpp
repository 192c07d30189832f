#include "daemon/node/names.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace tcpplexd {

std::string group_name(host_settings const& host) {
    // With only XCFGRPID set the VTAM part counts as 01.
    return host.xcfgrpid ? fmt::format("EZBT01{:02}", *host.xcfgrpid) : "EZBTCPCS";
}

std::string history_directory(host_settings const& host) {
    return std::filesystem::path(host.control).replace_extension("history").string();
}

parser::symbol_table symbols_of(host_settings const& host) {
    return {host.symbols.begin(), host.symbols.end()};
}

}  // namespace tcpplexd
