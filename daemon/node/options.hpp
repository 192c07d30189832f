// The command line of tcpplexd.
#pragma once

#include "daemon/loop/log.hpp"

#include <optional>
#include <string>

namespace tcpplexd {

struct options {
    std::string profile;              ///< path of the PROFILE.TCPIP
    std::optional<std::string> host;  ///< path of the host settings, if there are any
    bool as_zos = false;              ///< start without the profile's faulty statements
    bool resume = false;              ///< start with the last configuration kept, if there is one
    severity log_level = severity::info;
    std::optional<int>
        exit_status;  ///< help or version was printed, or the usage is wrong: exit at once
};

/// Prints help, version or what is wrong with the usage (status 2).
options parse_options(int argc, char** argv);

}  // namespace tcpplexd
