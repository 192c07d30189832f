// Keeps the copy of a group's keys up to date.
#pragma once

#include "cf/backend/etcd/client.hpp"
#include "cf/backend/etcd/copy.hpp"
#include "cf/threads.hpp"

#include <atomic>
#include <memory>
#include <mutex>

namespace cf::etcd {

/// A thread that reads all followed keys, then watches them; reads them again if etcd has forgotten
/// the revision at which a watch broke off (compaction).
class follower {
  public:
    follower(client& from, key_range which, copy& into);
    ~follower();
    follower(follower const&) = delete;
    follower& operator=(follower const&) = delete;

    /// Asks etcd for a sign of life on the watch, and begins a new watch if none came for 3 s: a
    /// connection that swallows everything does not fail by itself.
    void check_life();
    /// How often all keys were read.
    std::uint64_t loads() const { return loads_.load(); }

  private:
    void run();
    /// The revision to watch from; 0 if etcd could not be read.
    revision load();
    /// Until the watch ends. False: what was to come next does not exist any more.
    bool watch(revision& from);
    void pause();

    client& from_;
    key_range which_;
    copy& into_;
    mutex mutex_;
    condition stopping_;
    bool stop_ = false;
    std::shared_ptr<watch_stream> stream_;
    std::atomic<steady_clock::time_point> heard_{};
    std::atomic<std::uint64_t> loads_ = 0;
    thread thread_;
};

}  // namespace cf::etcd
