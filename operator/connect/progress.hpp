// A line a second on the error output while a batch runs.
#pragma once

#include "operator/connect/summary.hpp"
#include "operator/context.hpp"

#include <chrono>

namespace operators {

/// Says nothing unless the error output is a terminal or progress was asked for.
class progress_line {
  public:
    progress_line(context const& with, bool asked, std::size_t count);

    bool active() const { return active_; }
    /// Prints if a second has passed since the last line.
    void update(connect_summary const& so_far);

  private:
    using clock = std::chrono::steady_clock;
    int output_;
    std::size_t count_;
    bool active_;
    clock::time_point next_ = clock::now() + std::chrono::seconds(1);
};

}  // namespace operators
