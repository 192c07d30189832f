// How much of its system's processors a stack could have.
#pragma once

#include <cstdint>
#include <string_view>

namespace tcpplexd {

/// In hundredths of a processor, at least 1: `processors` less the load average of one minute that
/// `loadavg`, the text of /proc/loadavg (proc(5)), begins with. All of them if it is unreadable.
std::uint32_t idle_hundredths(unsigned processors, std::string_view loadavg);

/// Of the processors that this process may run on (sched_getaffinity(2)). The load is that of the
/// whole kernel: containers on one host share it.
std::uint32_t idle_hundredths();

}  // namespace tcpplexd
