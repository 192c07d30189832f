#include "daemon/host/memory_limit.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>

#include <sys/resource.h>
#include <unistd.h>

namespace tcpplexd {

namespace {

namespace fs = std::filesystem;

std::string text_of(fs::path const& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Nothing if the file is not there or says "max".
std::optional<std::uint64_t> number_in(fs::path const& path) {
    std::ifstream file(path);
    std::uint64_t number = 0;
    if (!(file >> number)) return std::nullopt;
    return number;
}

std::uint64_t reclaimable(fs::path const& group) {
    std::ifstream file(group / "memory.stat");
    std::string name;
    for (std::uint64_t bytes = 0; file >> name >> bytes;)
        if (name == "inactive_file") return bytes;
    return 0;
}

unsigned percent(std::uint64_t used, std::uint64_t limit) {
    if (limit == 0) return 100;
    return static_cast<unsigned>(
        std::min(100.0, 100.0 * static_cast<double>(used) / static_cast<double>(limit)));
}

unsigned percent_of_group(fs::path const& group) {
    auto const limit = number_in(group / "memory.max");
    auto const used = number_in(group / "memory.current");
    if (!limit || !used) return 0;
    return percent(*used - std::min(*used, reclaimable(group)), *limit);
}

}  // namespace

unsigned cgroup_memory_percent(fs::path const& mount, std::string_view membership) {
    // "0::/path": the line of cgroup v2.
    std::istringstream lines{std::string(membership)};
    std::string line;
    while (std::getline(lines, line) && !line.starts_with("0::/")) {
    }
    if (!line.starts_with("0::/")) return 0;
    unsigned tightest = percent_of_group(mount);
    fs::path group = mount;
    for (auto const& part : fs::path(line.substr(4))) {
        if (part == "..") return tightest;  // outside of what this namespace sees
        group /= part;
        tightest = std::max(tightest, percent_of_group(group));
    }
    return tightest;
}

unsigned address_space_percent(std::string_view statm, std::uint64_t page, std::uint64_t limit) {
    if (limit == RLIM_INFINITY) return 0;
    std::uint64_t pages = 0;
    std::istringstream{std::string(statm)} >> pages;
    return percent(pages * page, limit);
}

unsigned memory_percent() {
    rlimit limit{};
    ::getrlimit(RLIMIT_AS, &limit);
    auto const page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return std::max(cgroup_memory_percent("/sys/fs/cgroup", text_of("/proc/self/cgroup")),
                    address_space_percent(text_of("/proc/self/statm"), page, limit.rlim_cur));
}

}  // namespace tcpplexd
