#include "cf/backend/etcd/renewer.hpp"

#include <utility>

namespace cf::etcd {

call_result<std::unique_ptr<renewer>> renewer::start(client& at, std::chrono::seconds life,
                                                     std::chrono::milliseconds every,
                                                     listeners tell, cf::lease& proof) {
    auto sent = boot_clock::now();
    auto lease = at.grant(life);
    if (!lease) return lease.error();
    proof.renewed(sent);
    return std::unique_ptr<renewer>(new renewer(at, life, every, std::move(tell), proof, *lease));
}

renewer::renewer(client& at, std::chrono::seconds life, std::chrono::milliseconds every,
                 listeners tell, cf::lease& proof, lease_id first)
    : at_(at), life_(life), every_(every), tell_(std::move(tell)), proof_(proof), lease_(first) {
    thread_ = thread([this] { run(); });
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

// A lease proves something only while the stack's key is under it.
void renewer::renew() {
    auto sent = boot_clock::now();
    auto renewed = at_.keep_alive(lease());
    if (!renewed) return proof_.missed();
    if (!*renewed) {
        sent = boot_clock::now();
        auto next = at_.grant(life_);
        if (!next) return proof_.missed();  // the next turn finds the old one gone again
        lease_ = *next;
        told_ = false;
    }
    if (!told_) told_ = tell_.lost(lease());
    if (told_)
        proof_.renewed(sent);
    else
        proof_.missed();
}

}  // namespace cf::etcd
