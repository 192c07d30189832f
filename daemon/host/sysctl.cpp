#include "daemon/host/sysctl.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include <unistd.h>

namespace tcpplexd {

std::string device_setting(std::string_view device, std::string_view name) {
    return fmt::format("/proc/sys/net/ipv4/conf/{}/{}", device, name);
}

std::string device_setting6(std::string_view device, std::string_view name) {
    return fmt::format("/proc/sys/net/ipv6/conf/{}/{}", device, name);
}

host_result<int> read_setting(std::string const& path) {
    std::ifstream file(path);
    int value = 0;
    if (file >> value) return value;
    return failure{fmt::format("{} cannot be read: {}", path,
                               file.is_open() ? "no number in it" : std::strerror(errno))};
}

host_result<void> write_setting(std::string const& path, int value) {
    std::ofstream file(path);
    if (file << value << std::flush) return {};
    return failure{
        fmt::format("{} cannot be set to {}: {}; set it before the start, or run where "
                    "/proc/sys is writable",
                    path, value, std::strerror(errno))};
}

bool is_writable(std::string const& path) {
    return ::access(path.c_str(), W_OK) == 0;
}

}  // namespace tcpplexd
