// The kernel's end of the stack's devices: its address there, and whether it lets the traffic
// through.
#pragma once

#include "daemon/host/host_settings.hpp"
#include "daemon/host/kernel_network.hpp"
#include "stack/shard/settings.hpp"

#include <string>
#include <vector>

namespace tcpplexd {

/// Gives the kernel its address on the device `host.tun` behind interface `index` of `planned`, and
/// sets the device's reverse-path filter.
host_result<void> prepare_kernel_side(kernel_network& kernel, host_interface const& host,
                                      std::size_t index, stack::settings const& planned);

/// What on this machine would drop the traffic of a stack with these settings, a sentence each with
/// setting, value and remedy; empty: nothing.
std::vector<std::string> obstacles(kernel_network& kernel, host_settings const& host,
                                   stack::settings const& planned);

}  // namespace tcpplexd
