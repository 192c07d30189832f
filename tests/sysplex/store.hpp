// etcd's key-value store in memory: revisions, transactions, leases, history. After the API's
// documentation (etcd v3.4, "etcd API" and "etcd API guarantees").
#pragma once

#include "cf/backend/etcd/client.hpp"
#include "scheduler.hpp"

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace sim {

/// One store for all members of the cluster: what is served is linearizable. Wakes everybody that
/// waits for it when something has changed.
class store {
  public:
    using answer = cf::etcd::answer;
    template <class T = void>
    using outcome = cf::etcd::call_result<T>;

    /// Refused, as etcd does: more operations than --max-txn-ops, a key written twice, a lease that
    /// does not exist.
    outcome<answer> transact(cf::etcd::transaction const& what);
    answer read(cf::etcd::key_range const& which) const;

    cf::etcd::lease_id grant(nanos life, nanos now);
    /// False: there is no such lease.
    bool keep_alive(cf::etcd::lease_id lease, nanos now);
    bool revoke(cf::etcd::lease_id lease);
    /// Ends the leases whose time is over, or those of `early` however old.
    void expire(nanos now);
    /// As a new leader does, which does not know when they were last renewed.
    void renew_all(nanos now);
    std::vector<cf::etcd::lease_id> leases() const;

    /// The batch of the first revision from `from` on that changed keys of the range; nothing: none
    /// yet. Must not be compacted.
    std::optional<cf::etcd::watch_stream::batch> change(cf::etcd::key_range const& of,
                                                        cf::etcd::revision from) const;
    void compact();
    cf::etcd::revision compacted() const { return compacted_; }
    cf::etcd::revision at() const { return at_; }
    std::size_t size() const { return keys_.size(); }

  private:
    struct lease {
        nanos life = 0;
        nanos until = 0;
        std::set<std::string> keys;
    };
    struct change_at {
        cf::etcd::revision at = 0;
        std::vector<cf::etcd::watch_stream::event> events;
    };
    bool holds(cf::etcd::compare const& one) const;
    void find(cf::etcd::key_range const& which, std::vector<cf::etcd::key_value>& into) const;
    void put(cf::etcd::write const& one, change_at& into);
    void remove(std::string const& key, change_at& into);
    void record(change_at what);

    std::map<std::string, cf::etcd::key_value, std::less<>> keys_;
    std::map<cf::etcd::lease_id, lease> leases_;
    cf::etcd::lease_id last_lease_ = 1000;
    cf::etcd::revision at_ = 1;
    cf::etcd::revision compacted_ = 0;
    std::deque<change_at> history_;
};

}  // namespace sim
