// The time that counts: after a warm-up, for so long; and the line of JSON that tells the result.
#pragma once

#include "arguments.hpp"
#include "usage.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace peers {

/// Keys: warmup=, secs=, and pids= of the stack measured.
class measurement {
  public:
    /// The warm-up begins.
    explicit measurement(arguments const& asked);

    /// True once, when the warm-up has ended: the caller forgets what it has counted.
    bool begins();
    bool over() const { return monotonic_ns() >= end_ns_; }
    /// Ends the time. Its length, seconds.
    double end();
    /// Adds to `result` the processors used meanwhile, and prints it.
    void print(boost::json::object result) const;

  private:
    std::vector<std::string> stack_;
    std::uint64_t begin_ns_;
    std::uint64_t end_ns_;
    usage first_{};
    usage last_{};
};

}  // namespace peers
