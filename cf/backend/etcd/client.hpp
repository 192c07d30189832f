// The calls of etcd's API that a coupling facility needs.
#pragma once

#include "cf/backend/etcd/transaction.hpp"
#include "cf/failure.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cf::etcd {

/// A stream of changes. One thread calls next(), another may call the rest.
class watch_stream {
  public:
    virtual ~watch_stream() = default;
    /// One change after the other, in the order of revisions; `value` nothing: deleted.
    struct event {
        key_value what;
        bool deleted = false;
    };
    struct batch {
        std::vector<event> events;
        revision at = 0;  ///< of the store when it was sent
    };
    /// Waits for the next batch; one without events is a sign of life. Nothing: the stream has
    /// ended.
    virtual std::optional<batch> next() = 0;
    /// After the end: the first revision asked for does not exist any more.
    virtual bool compacted() const = 0;
    /// Makes etcd send a batch soon, events or not.
    virtual void ask_for_life() = 0;
    /// Ends the stream: next() returns.
    virtual void cancel() = 0;
};

/// How often etcd was asked, for tests and benchmarks.
struct call_counts {
    std::uint64_t transactions = 0;  ///< with writes or compares
    std::uint64_t reads = 0;
};

/// A connection to the members of one etcd cluster; each call has 1 s. Thread-safe.
class client {
  public:
    virtual ~client() = default;

    /// Not repeated by itself: a lost answer is call_failure::kind::unknown.
    virtual call_result<answer> transact(transaction const& what) = 0;
    /// All keys of the range at one revision, in their order.
    virtual call_result<answer> read(key_range const& which) = 0;
    virtual call_result<lease_id> grant(std::chrono::seconds life) = 0;
    /// False: there is no such lease any more.
    virtual call_result<bool> keep_alive(lease_id lease) = 0;
    virtual call_result<> revoke(lease_id lease) = 0;
    /// The changes of a range from a revision on. Not connected: next() returns nothing.
    virtual std::unique_ptr<watch_stream> watch(key_range const& which, revision from) = 0;

    virtual call_counts counts() const = 0;
    /// "etcd at a:1, b:2" for messages.
    virtual std::string names() const = 0;
};

}  // namespace cf::etcd
