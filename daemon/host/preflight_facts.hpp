// Reads from the kernel what the preflight check needs to know.
#pragma once

#include "daemon/host/preflight.hpp"

namespace tcpplexd {

/// Changes nothing; speaks of the calling thread's network namespace. Fails only if the kernel does
/// not answer at all.
host_result<preflight_facts> read_facts(kernel_network& kernel, preflight_needs const& needs);

}  // namespace tcpplexd
