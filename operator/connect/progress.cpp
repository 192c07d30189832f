// A line a second on the error output while a batch runs.
#include "operator/connect/progress.hpp"

#include <unistd.h>

namespace operators {

progress_line::progress_line(context const& with, bool asked, std::size_t count)
    : output_(with.error_output),
      count_(count),
      active_(asked || ::isatty(with.error_output) == 1) {}

void progress_line::update(connect_summary const& so_far) {
    if (!active_ || clock::now() < next_) return;
    next_ = clock::now() + std::chrono::seconds(1);
    write_text(output_, std::to_string(so_far.connected) + " of " + std::to_string(count_) +
                            " connected, " + std::to_string(so_far.echoed) + " echoed, " +
                            std::to_string(so_far.failures()) + " failed\n");
}

}  // namespace operators
