// The way from a stack to etcd, and what may go wrong on it.
#pragma once

#include "store.hpp"

#include <map>
#include <memory>
#include <random>
#include <string>

namespace sim {

/// One draw after the other from the run's seed.
class dice {
  public:
    explicit dice(std::uint64_t seed) : random_(seed) {}
    /// 0 .. below - 1.
    nanos roll(nanos below) {
        return static_cast<nanos>(random_() % static_cast<std::uint64_t>(below));
    }
    bool one_in(nanos many) { return roll(many) == 0; }
    std::uint64_t seed() { return random_(); }

  private:
    std::mt19937_64 random_;
};

/// The cluster: a store that now and then serves nobody for a while.
struct cluster {
    store keys;
    nanos away_until = 0;  ///< requests that arrive before wait until then
};

/// What a stack passes at each call, and where it may die: how often passed, how often died.
struct crash_points {
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> seen;
};

/// How the network between one process and etcd is.
struct way {
    process* from = nullptr;
    bool cut = false;                  ///< nothing arrives, in both directions
    std::uint64_t broken_streams = 0;  ///< grows when watches break off
    bool deadly = false;               ///< the process may die in a call
    nanos loss = 200;                  ///< one message in so many is lost, and
    nanos late = 300;                  ///< one in so many arrives after its sender's patience
};

/// What a backend of the process at the near end of `through` uses; the referred outlive it.
std::unique_ptr<cf::etcd::client> make_client(cluster& at, way& through, dice& fate,
                                              crash_points& points);

}  // namespace sim
