// How many descriptors the process may have: one for each accepted or connected socket of an
// application.
#pragma once

#include "daemon/host/failure.hpp"

#include <cstdint>

namespace tcpplexd {

/// Raises the soft limit of open descriptors to the hard one; returns the limit now in force, for
/// the log.
host_result<std::uint64_t> raise_descriptor_limit();

}  // namespace tcpplexd
