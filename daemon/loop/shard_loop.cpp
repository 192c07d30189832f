#include "daemon/loop/shard_loop.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <ctime>

namespace tcpplexd {

stack::instant boot_time() {
    timespec reading{};
    clock_gettime(CLOCK_BOOTTIME, &reading);
    return stack::instant(std::chrono::seconds(reading.tv_sec) +
                          std::chrono::nanoseconds(reading.tv_nsec));
}

shard_loop::shard_loop(boost::asio::io_context& loop, stack::shard& core)
    : loop_(loop), core_(core), timer_(loop) {}

stack::instant shard_loop::now() {
    if (!touched_) now_ = boot_time();
    return now_;
}

void shard_loop::touch() {
    if (touched_) return;
    now_ = boot_time();
    touched_ = true;
    boost::asio::post(loop_, [this] { flush(); });
}

std::uint64_t shard_loop::enrol(socket_user& user) {
    auto const cookie = new_cookie();
    enrol(cookie, user);
    return cookie;
}

void shard_loop::forget(std::uint64_t cookie) {
    users_.erase(cookie);
}

void shard_loop::flush() {
    now_ = boot_time();
    core_.advance(now_);
    // A user's reaction may call into the shard and queue more events: they are the next burst's.
    batch_.assign(core_.events().begin(), core_.events().end());
    core_.clear_events();
    touched_ = false;
    for (auto const& what : batch_) {
        auto const user = users_.find(what.cookie);
        if (user != users_.end()) user->second->on_event(what);
    }
    if (!touched_) arm();
}

void shard_loop::arm() {
    auto const deadline = core_.next_deadline();
    if (!deadline) {
        timer_.cancel();
        return;
    }
    auto const wait = *deadline - boot_time();
    timer_.expires_after(std::max(wait, stack::duration::zero()));
    timer_.async_wait([this](boost::system::error_code error) {
        if (!error) touch();
    });
}

}  // namespace tcpplexd
