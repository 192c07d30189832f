#include "daemon/node/hard_fence.hpp"

#include <cerrno>
#include <csignal>
#include <system_error>

namespace tcpplexd {

namespace {

using time_point = cf::boot_clock::time_point;

/// What the process has to fence itself, once the lease has run out.
constexpr std::chrono::milliseconds patience{250};

}  // namespace

hard_fence::hard_fence() {
    sigevent kill{};
    kill.sigev_notify = SIGEV_SIGNAL;
    kill.sigev_signo = SIGKILL;
    if (::timer_create(CLOCK_BOOTTIME, &kill, &timer_) != 0)
        throw std::system_error(errno, std::generic_category(), "timer_create");
}

hard_fence::~hard_fence() {
    ::timer_delete(timer_);
}

void hard_fence::renewed(time_point end) {
    std::lock_guard guard(mutex_);
    end_ = end;
    if (needed_) set(end_ + patience);
}

void hard_fence::need(bool something) {
    std::lock_guard guard(mutex_);
    if (needed_ == something) return;
    needed_ = something;
    if (end_ != time_point::max()) set(needed_ ? end_ + patience : time_point());
}

void hard_fence::disarm() {
    std::lock_guard guard(mutex_);
    end_ = time_point::max();
    set(time_point());
}

// The epoch, 0, disarms. A time that is past is now.
void hard_fence::set(time_point at) {
    using namespace std::chrono;
    auto const since = at.time_since_epoch();
    itimerspec when{};
    when.it_value.tv_sec = duration_cast<seconds>(since).count();
    when.it_value.tv_nsec = (since % seconds(1)).count();
    ::timer_settime(timer_, TIMER_ABSTIME, &when, nullptr);
}

}  // namespace tcpplexd
