// The other end of many streams: a thread that echoes on all of them.
#pragma once

#include "operator/listen/session.hpp"
#include "operator/stream/poller.hpp"
#include "socket_pair.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include <sys/eventfd.h>

namespace tests {

class echo_peer {
  public:
    echo_peer() : stop_(::eventfd(0, EFD_CLOEXEC)) {
        poller_.add(stop_.get(), 0, EPOLLIN);
        thread_ = std::jthread([this] { run(); });
    }
    ~echo_peer() {
        std::uint64_t const one = 1;
        if (::write(stop_.get(), &one, sizeof one) < 0) ::abort();
        thread_.join();
    }

    /// A stream whose other end is echoed.
    app::descriptor stream() {
        auto [mine, theirs] = socket_pair();
        std::scoped_lock const guard(lock_);
        auto opened = operators::make_echo_session(std::move(mine));
        int const fd = opened->native();
        sessions_.emplace(++last_, std::move(opened));
        poller_.add(fd, last_, EPOLLIN);
        return std::move(theirs);
    }

    /// Ends all streams.
    void end_all() {
        std::scoped_lock const guard(lock_);
        sessions_.clear();
    }

  private:
    void run() {
        for (;;)
            for (auto const& event : poller_.wait(-1)) {
                if (event.data.u64 == 0) return;
                advance(event.data.u64);
            }
    }
    void advance(std::uint64_t id) {
        std::scoped_lock const guard(lock_);
        auto const found = sessions_.find(id);
        if (found == sessions_.end()) return;
        auto const wanted = found->second->advance();
        if (wanted == 0)
            sessions_.erase(found);
        else
            poller_.change(found->second->native(), id, wanted);
    }

    app::descriptor stop_;
    operators::poller poller_;
    std::mutex lock_;
    std::map<std::uint64_t, std::unique_ptr<operators::session>> sessions_;
    std::uint64_t last_ = 0;
    std::jthread thread_;
};

}  // namespace tests
