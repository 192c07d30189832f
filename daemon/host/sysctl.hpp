// IP settings of the kernel, /proc/sys/net/ipv4 and ipv6 of the calling thread's network namespace.
#pragma once

#include "daemon/host/failure.hpp"

#include <string>
#include <string_view>

namespace tcpplexd {

/// The path of a device's setting: device_setting("osa1", "rp_filter"). `device` may be "all" or
/// "default".
std::string device_setting(std::string_view device, std::string_view name);

/// The same of IPv6. The file is not there if the kernel has no IPv6.
std::string device_setting6(std::string_view device, std::string_view name);

/// Reads a number; `path` is absolute.
host_result<int> read_setting(std::string const& path);
host_result<void> write_setting(std::string const& path, int value);
/// Whether write_setting could work: false where /proc/sys is read-only, as in most containers.
bool is_writable(std::string const& path);

}  // namespace tcpplexd
