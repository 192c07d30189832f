// SIGINT and SIGTERM as something to poll.
#pragma once

#include "app/descriptor.hpp"

#include <csignal>

namespace operators {

/// While it lives, SIGINT and SIGTERM of this thread make native() readable instead of ending the
/// process.
class end_signals {
  public:
    end_signals();
    ~end_signals();
    end_signals(end_signals const&) = delete;
    end_signals& operator=(end_signals const&) = delete;

    int native() const { return events_.get(); }

  private:
    sigset_t before_{};
    app::descriptor events_;
};

}  // namespace operators
