// The kernel's own address at its end of a TUN device.
#pragma once

#include "daemon/host/host_settings.hpp"
#include "daemon/host/kernel_network.hpp"

#include <span>

namespace tcpplexd {

/// What the kernel is called at its end of `device`: the host settings' address; else the first
/// next hop that a profile route through this interface names (the stack sends there, so somebody
/// must answer); else a link-local address of the family of `own`, the interface's own (RFC 3927,
/// or RFC 4291 2.5.6), that follows from `link_index`, the kernel's index of the device.
/// `next_hops`: gateways of the interface's routes in profile order; unspecified ones (direct
/// routes) are passed over.
stack::address kernel_address(host_interface const& device, stack::address const& own,
                              std::span<stack::address const> next_hops, unsigned link_index);

/// Makes a TUN device that was just created usable: address `kernel_end` as a host address, link
/// up, no IPv6 of the kernel's own accord (link-local address, router solicitations), and
/// reverse-path filter loose (2) unless it is off, because what leaves a stack has source addresses
/// that the kernel routes elsewhere.
host_result<void> prepare_device(kernel_network& kernel, std::string const& tun,
                                 stack::address const& kernel_end);

}  // namespace tcpplexd
