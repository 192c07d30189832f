#include "cf/backend/etcd/renewer.hpp"

#include <utility>

namespace cf::etcd {

call_result<std::unique_ptr<renewer>> renewer::start(client& at, std::chrono::seconds life,
                                                     std::chrono::milliseconds every,
                                                     listeners tell) {
    auto lease = at.grant(life);
    if (!lease) return lease.error();
    return std::unique_ptr<renewer>(new renewer(at, life, every, std::move(tell), *lease));
}

renewer::renewer(client& at, std::chrono::seconds life, std::chrono::milliseconds every,
                 listeners tell, lease_id first)
    : at_(at), life_(life), every_(every), tell_(std::move(tell)), lease_(first) {
    thread_ = std::thread([this] { run(); });
}

renewer::~renewer() {
    stop();
}

void renewer::stop() {
    {
        std::lock_guard guard(mutex_);
        stop_ = true;
    }
    stopping_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void renewer::revoke() {
    stop();
    (void)at_.revoke(lease());  // without an answer it ends by itself
}

void renewer::run() {
    std::unique_lock guard(mutex_);
    while (!stopping_.wait_for(guard, every_, [&] { return stop_; })) {
        guard.unlock();
        renew();
        tell_.turn();
        guard.lock();
    }
}

void renewer::renew() {
    auto renewed = at_.keep_alive(lease());
    if (renewed && !*renewed) {
        auto next = at_.grant(life_);
        if (!next) return;  // the next turn finds the old one gone again
        lease_ = *next;
        told_ = false;
    }
    if (!told_) told_ = tell_.lost(lease());
}

}  // namespace cf::etcd
