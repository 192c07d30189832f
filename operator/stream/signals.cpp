// SIGINT and SIGTERM as something to poll.
#include "operator/stream/signals.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

namespace operators {

end_signals::end_signals() {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, &before_);
    events_.reset(::signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK));
}

// What has come is taken out first: unblocked, it would end the process after all.
end_signals::~end_signals() {
    signalfd_siginfo taken{};
    while (::read(events_.get(), &taken, sizeof taken) > 0) {
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace operators
