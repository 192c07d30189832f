// How much of the memory that this process may have is used.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace tcpplexd {

/// Per cent of the tightest limit that the control groups of a process have, 0 without one: its own
/// and those around it below `mount`, of cgroup v2. `membership` is the text of /proc/self/cgroup
/// (cgroups(7)). What the kernel can take back at once, unused pages of files, does not count.
unsigned cgroup_memory_percent(std::filesystem::path const& mount, std::string_view membership);

/// Per cent of RLIMIT_AS, 0 if that is RLIM_INFINITY; `statm`: the text of /proc/self/statm.
unsigned address_space_percent(std::string_view statm, std::uint64_t page, std::uint64_t limit);

/// Of this process: the higher of both.
unsigned memory_percent();

}  // namespace tcpplexd
