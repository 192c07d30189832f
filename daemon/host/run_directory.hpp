// A directory for sockets and facility files that nobody else can plant names in.
#pragma once

#include "daemon/host/failure.hpp"

#include <string>

namespace tcpplexd {

/// Creates `path` with mode 0755 (whatever the umask) if it is not there; its parent must be. One
/// that is there is accepted only if it is a directory (no symbolic link), owned by root or by this
/// process's user, and writable for no one else.
host_result<void> make_run_directory(std::string const& path);

}  // namespace tcpplexd
