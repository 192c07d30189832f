#include "measurement.hpp"

#include <boost/json/serialize.hpp>

#include <cstdio>

namespace peers {
namespace {

std::uint64_t nanoseconds(double seconds) {
    return static_cast<std::uint64_t>(seconds * 1e9);
}

}  // namespace

measurement::measurement(arguments const& asked)
    : stack_(asked.list("pids")),
      begin_ns_(monotonic_ns() + nanoseconds(asked.seconds("warmup", 0.2))),
      end_ns_(begin_ns_ + nanoseconds(asked.seconds("secs", 1))) {}

bool measurement::begins() {
    if (first_.at_ns != 0 || monotonic_ns() < begin_ns_) return false;
    first_ = read_usage(stack_);
    return true;
}

double measurement::end() {
    last_ = read_usage(stack_);
    return static_cast<double>(last_.at_ns - first_.at_ns) / 1e9;
}

void measurement::print(boost::json::object result) const {
    double const time = static_cast<double>(last_.at_ns - first_.at_ns) / 1e9;
    result["secs"] = time;
    result["busy_cores"] = (last_.busy - first_.busy) / time;
    result["client_cores"] = (last_.client - first_.client) / time;
    result["stack_cores"] = (last_.stack - first_.stack) / time;
    result["stack_rss_kb"] = last_.stack_rss_kb;
    std::printf("%s\n", boost::json::serialize(result).c_str());
    std::fflush(stdout);
}

}  // namespace peers
