// SIGINT and SIGTERM as something to poll.
#include "operator/stream/signals.hpp"

#include <sys/signalfd.h>

namespace operators {

end_signals::end_signals() {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, &before_);
    events_.reset(::signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK));
}

end_signals::~end_signals() {
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace operators
