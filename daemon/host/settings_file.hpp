// The settings of this process: the file on disk, the name of the profile and the host name
// together.
#pragma once

#include "daemon/host/host_settings.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace tcpplexd {

/// Reads `settings_path`, if there is one (--host), and fills in what it leaves out. That it cannot
/// be read is an error without a line; that a file it names for XCF cannot, one with its place.
/// `xcfgrpid`: what the profile says of the group, once it is known.
settings_result read_settings(std::optional<std::string> const& settings_path,
                              std::string const& profile_path,
                              std::optional<std::uint8_t> xcfgrpid = {});

}  // namespace tcpplexd
