// Who, beside root, may change the configuration: the uids behind the names of the host settings.
#pragma once

#include "daemon/host/host_settings.hpp"

#include <span>
#include <vector>

#include <sys/types.h>

namespace tcpplexd {

/// Looks the names up in the user database. An unknown name is a failure that names it.
host_result<std::vector<uid_t>> operator_uids(std::span<account const> operators);

}  // namespace tcpplexd
