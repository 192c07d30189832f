#include "daemon/host/kernel_address.hpp"

#include "daemon/host/sysctl.hpp"

#include <algorithm>

namespace tcpplexd {
namespace {

// RFC 3927 2.1: 169.254.1.0 to 169.254.254.255; no .0 and .255 here. Distinct for 64,516 indices in
// a row.
stack::address link_local(unsigned link_index) {
    std::uint32_t const third = 1 + link_index / 254 % 254;
    std::uint32_t const fourth = 1 + link_index % 254;
    return stack::address::v4(0xa9fe0000U | third << 8 | fourth);
}

// fe80::1:INDEX, the index in hexadecimal.
stack::address link_local6(unsigned link_index) {
    stack::address::bytes_type bytes{0xfe, 0x80};
    bytes[11] = 1;
    for (unsigned i = 0; i < 4; ++i)
        bytes[15 - i] = static_cast<std::uint8_t>(link_index >> (8 * i));
    return stack::address(bytes);
}

// Documentation/networking/ip-sysctl.rst: addr_gen_mode 1 gives no link-local address, without
// which there are neither router solicitations nor listener reports. What the stack needs is said.
host_result<void> quiet_ipv6(std::string const& tun, bool used) {
    std::string const mode = device_setting6(tun, "addr_gen_mode");
    if (!used && !is_writable(mode)) return {};  // a kernel without IPv6, or one left as it is
    if (auto const quiet = write_setting(mode, 1); !quiet || !used) return quiet;
    return write_setting(device_setting6(tun, "disable_ipv6"), 0);
}

// The kernel uses the larger of "all" and the device's own (Documentation/networking/ip-sysctl.rst,
// rp_filter).
host_result<void> loosen_reverse_path_filter(std::string const& tun) {
    std::string const own = device_setting(tun, "rp_filter");
    auto const of_all = read_setting(device_setting("all", "rp_filter"));
    auto const of_device = read_setting(own);
    if (!of_all) return of_all.error();
    if (!of_device) return of_device.error();
    if (std::max(*of_all, *of_device) != 1) return {};
    return write_setting(own, 2);
}

}  // namespace

stack::address kernel_address(host_interface const& device, stack::address const& own,
                              std::span<stack::address const> next_hops, unsigned link_index) {
    if (device.kernel_address) return *device.kernel_address;
    auto const hop = std::find_if(next_hops.begin(), next_hops.end(),
                                  [](stack::address const& h) { return !h.is_unspecified(); });
    if (hop != next_hops.end()) return *hop;
    return own.is_v4() ? link_local(link_index) : link_local6(link_index);
}

host_result<void> prepare_device(kernel_network& kernel, std::string const& tun,
                                 stack::address const& kernel_end) {
    if (auto const loose = loosen_reverse_path_filter(tun); !loose) return loose;
    if (auto const quiet = quiet_ipv6(tun, !kernel_end.is_v4()); !quiet) return quiet;
    stack::prefix const host{kernel_end, static_cast<std::uint8_t>(kernel_end.bits())};
    if (auto const assigned = kernel.add_address(host, tun); !assigned) return assigned;
    return kernel.set_up(tun);
}

}  // namespace tcpplexd
