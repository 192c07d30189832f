#include "cf/backend/etcd/follower.hpp"

#include <utility>

namespace cf::etcd {

namespace {

using clock = steady_clock;
constexpr std::chrono::seconds silence{3};
constexpr std::chrono::milliseconds between_tries{100};

}  // namespace

follower::follower(client& from, key_range which, copy& into)
    : from_(from), which_(std::move(which)), into_(into), thread_([this] { run(); }) {}

follower::~follower() {
    {
        std::lock_guard guard(mutex_);
        stop_ = true;
        if (stream_) stream_->cancel();
    }
    stopping_.notify_all();
    thread_.join();
}

void follower::run() {
    for (;;) {
        auto from = load();
        while (from != 0 && watch(from))
            pause();
        std::lock_guard guard(mutex_);
        if (stop_) return;
    }
}

revision follower::load() {
    auto all = from_.read(which_);
    if (!all) return pause(), 0;
    ++loads_;
    into_.load(all->found, all->at);
    return all->at + 1;
}

bool follower::watch(revision& from) {
    std::shared_ptr<watch_stream> stream = from_.watch(which_, from);
    {
        std::lock_guard guard(mutex_);
        if (stop_) return false;
        stream_ = stream;
        heard_ = clock::now();
    }
    while (auto batch = stream->next()) {
        heard_ = clock::now();
        into_.follow(*batch);
        for (auto const& [what, deleted] : batch->events)
            from = what.modified + 1;
    }
    std::lock_guard guard(mutex_);
    stream_.reset();
    return !stop_ && !stream->compacted();
}

void follower::pause() {
    std::unique_lock guard(mutex_);
    stopping_.wait_for(guard, between_tries, [&] { return stop_; });
}

void follower::check_life() {
    std::shared_ptr<watch_stream> stream;
    {
        std::lock_guard guard(mutex_);
        stream = stream_;
    }
    if (!stream) return;
    if (clock::now() - heard_.load() > silence) return stream->cancel();
    stream->ask_for_life();
}

}  // namespace cf::etcd
