#include "daemon/loop/shard_loop.hpp"

#include <algorithm>
#include <ctime>

namespace tcpplexd {

stack::instant boot_time() {
    timespec reading{};
    clock_gettime(CLOCK_BOOTTIME, &reading);
    return stack::instant(std::chrono::seconds(reading.tv_sec) +
                          std::chrono::nanoseconds(reading.tv_nsec));
}

shard_loop::shard_loop(boost::asio::io_context& loop, stack::shard& core, std::size_t number,
                       shard_loop* home)
    : loop_(loop),
      core_(core),
      timer_(loop),
      home_(home),
      last_cookie_(number == 0 ? 0 : (std::uint64_t{0x80} + number) << 56) {}

stack::instant shard_loop::now() {
    if (!touched_) now_ = boot_time();
    return now_;
}

void shard_loop::begin_burst() {
    if (!touched_) now_ = boot_time();
    touched_ = true;
}

void shard_loop::touch() {
    if (touched_) return;
    begin_burst();
    if (!flushing_) boost::asio::post(loop_, [this] { flush(); });
}

std::uint64_t shard_loop::enrol(socket_user& user) {
    auto const cookie = new_cookie();
    enrol(cookie, user);
    return cookie;
}

std::uint64_t shard_loop::enrol(datagram_user& user) {
    auto const cookie = new_cookie();
    datagram_users_[cookie] = &user;
    return cookie;
}

void shard_loop::forget(std::uint64_t cookie) {
    users_.erase(cookie);
    datagram_users_.erase(cookie);
}

void shard_loop::flush() {
    // A user's reaction may call into the shard and queue more events: they are the next burst's,
    // which needs no wake-up of its own. The bound lets descriptors have their turn.
    constexpr int rounds = 4;
    for (int i = 0; i < rounds && touched_; ++i)
        run_burst();
    if (touched_)
        boost::asio::post(loop_, [this] { flush(); });
    else
        arm();
}

// Users are told before anything is sent: an answer then carries the acknowledgement, and a window
// of what they have left unread.
void shard_loop::run_burst() {
    core_.announce();
    hand_out();
    core_.advance(now_);
    touched_ = false;
    hand_out();
}

void shard_loop::hand_out() {
    batch_.assign(core_.events().begin(), core_.events().end());
    core_.clear_events();
    auto& datagrams = core_.udp();
    datagram_batch_.assign(datagrams.events().begin(), datagrams.events().end());
    datagrams.clear_events();
    flushing_ = true;
    for (auto const& what : batch_)
        tell(what);
    for (auto const& what : datagram_batch_) {
        auto const user = datagram_users_.find(what.cookie);
        if (user != datagram_users_.end()) user->second->on_datagrams(what.cookie);
    }
    flushing_ = false;
}

void shard_loop::tell(stack::event const& what) {
    auto const user = users_.find(what.cookie);
    if (user != users_.end()) return user->second->on_event(what);
    if (home_ != nullptr)
        boost::asio::post(home_->io(), [home = home_, what] { home->tell(what); });
}

// Deadlines mostly move away from now, as acknowledgements come: the timer is left to go off too
// early, and looks again.
void shard_loop::arm() {
    auto const deadline = core_.next_deadline();
    if (!deadline || *deadline >= armed_) return;
    armed_ = *deadline;
    await_deadline();
}

void shard_loop::await_deadline() {
    timer_.expires_after(std::max(armed_ - boot_time(), stack::duration::zero()));
    timer_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        armed_ = idle;
        touch();
    });
}

}  // namespace tcpplexd
