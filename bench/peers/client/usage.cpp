#include "usage.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

namespace peers {
namespace {

/// The number after `key` in a file of lines "key number ...".
long number_after(std::string const& path, std::string const& key) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(key)) return std::stol(line.substr(key.size()));
    return 0;
}

/// User, nice, system, interrupts and soft interrupts.
double busy_seconds() {
    std::ifstream file("/proc/stat");
    std::string name;
    double user = 0, nice = 0, system = 0, idle = 0, waiting = 0, hard = 0, soft = 0;
    file >> name >> user >> nice >> system >> idle >> waiting >> hard >> soft;
    return (user + nice + system + hard + soft) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double own_seconds() {
    rusage own{};
    getrusage(RUSAGE_SELF, &own);
    return static_cast<double>(own.ru_utime.tv_sec + own.ru_stime.tv_sec) +
           static_cast<double>(own.ru_utime.tv_usec + own.ru_stime.tv_usec) / 1e6;
}

/// Exact run time of all threads: /proc/PID/stat counts in hundredths of a second.
double seconds_of(std::string const& process) {
    double total = 0;
    std::error_code gone;
    for (auto const& thread :
         std::filesystem::directory_iterator("/proc/" + process + "/task", gone)) {
        std::ifstream file(thread.path() / "schedstat");
        double nanoseconds = 0;
        if (file >> nanoseconds) total += nanoseconds / 1e9;
    }
    return total;
}

}  // namespace

std::uint64_t monotonic_ns() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 +
           static_cast<std::uint64_t>(now.tv_nsec);
}

usage read_usage(std::vector<std::string> const& processes) {
    usage result;
    result.at_ns = monotonic_ns();
    result.busy = busy_seconds();
    result.client = own_seconds();
    for (auto const& process : processes) {
        result.stack += seconds_of(process);
        result.stack_rss_kb += number_after("/proc/" + process + "/status", "VmRSS:");
    }
    result.kernel_slab_kb = number_after("/proc/meminfo", "Slab:");
    return result;
}

}  // namespace peers
