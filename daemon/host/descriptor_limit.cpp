#include "daemon/host/descriptor_limit.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include <sys/resource.h>

namespace tcpplexd {

host_result<std::uint64_t> raise_descriptor_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return failure{fmt::format("RLIMIT_NOFILE cannot be read: {}", std::strerror(errno))};
    if (limit.rlim_cur == limit.rlim_max) return std::uint64_t{limit.rlim_cur};
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        return failure{fmt::format("RLIMIT_NOFILE cannot be raised to {}: {}", limit.rlim_max,
                                   std::strerror(errno))};
    return std::uint64_t{limit.rlim_cur};
}

}  // namespace tcpplexd
