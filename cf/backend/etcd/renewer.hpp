// The lease that proves that this stack lives.
#pragma once

#include "cf/backend/etcd/client.hpp"
#include "cf/group/lease.hpp"
#include "cf/threads.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>

namespace cf::etcd {

/// A lease that a thread renews. etcd counts its life from the arrival of a renewal, this stack
/// from the sending: `proof` is told when that was.
class renewer {
  public:
    /// `lost`: called from the thread when etcd has ended the lease and there is a new one, again
    /// each turn until it returns true. `turn`:
    /// after each renewal.
    struct listeners {
        std::function<bool(lease_id)> lost;
        std::function<void()> turn;
    };
    /// Errors: no lease was to be had.
    static call_result<std::unique_ptr<renewer>> start(client& at, std::chrono::seconds life,
                                                       std::chrono::milliseconds every,
                                                       listeners tell, cf::lease& proof);
    /// The lease stays until its life is over.
    ~renewer();
    renewer(renewer const&) = delete;
    renewer& operator=(renewer const&) = delete;

    lease_id lease() const { return lease_.load(); }
    /// Ends the renewals, when the one under way has ended.
    void stop();
    /// Ends the renewals and the lease, and all keys that go with it.
    void revoke();

  private:
    renewer(client& at, std::chrono::seconds life, std::chrono::milliseconds every, listeners tell,
            cf::lease& proof, lease_id first);
    void run();
    void renew();

    client& at_;
    std::chrono::seconds life_;
    std::chrono::milliseconds every_;
    listeners tell_;
    cf::lease& proof_;
    std::atomic<lease_id> lease_;
    mutex mutex_;
    condition stopping_;
    bool stop_ = false;
    bool told_ = true;  ///< of the newest lease; the thread's own
    thread thread_;
};

}  // namespace cf::etcd
