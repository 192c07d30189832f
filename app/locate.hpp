// Which control socket a stack's name, a path, or nothing at all means.
#pragma once

#include "app/error.hpp"

#include <string>

namespace app {

/// Where daemons put their control sockets unless their host settings say otherwise.
inline constexpr char const* socket_directory = "/run/tcpplex";

/// A path (anything with a slash) means itself, a name NAME.sock in `directory` (folded to upper
/// case), and nothing the only socket there; an error (ENOENT, EINVAL) lists what there is.
result<std::string> locate_stack(std::string const& named,
                                 std::string const& directory = socket_directory);

}  // namespace app
