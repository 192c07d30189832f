#include "daemon/host/idle_processors.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <string>

#include <sched.h>

namespace tcpplexd {

std::uint32_t idle_hundredths(unsigned processors, std::string_view loadavg) {
    std::string const text(loadavg.substr(0, loadavg.find(' ')));
    double const load = std::strtod(text.c_str(), nullptr);
    double const idle = (processors - (std::isfinite(load) ? std::max(load, 0.0) : 0.0)) * 100;
    return static_cast<std::uint32_t>(std::max(1.0, std::round(idle)));
}

std::uint32_t idle_hundredths() {
    cpu_set_t usable;
    CPU_ZERO(&usable);
    // Fails on systems of more than 1024 processors: then one is what is sure.
    bool const known = ::sched_getaffinity(0, sizeof usable, &usable) == 0;
    std::string load;
    std::getline(std::ifstream("/proc/loadavg"), load);
    return idle_hundredths(known ? static_cast<unsigned>(CPU_COUNT(&usable)) : 1U, load);
}

}  // namespace tcpplexd
