// The calls of etcd's API that a coupling facility needs.
#pragma once

#include "cf/backend/etcd/settings.hpp"
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
    /// Errors: see endpoints::open. Connects to nothing yet.
    static result<std::unique_ptr<client>> open(access const& where);
    ~client();
    client(client const&) = delete;
    client& operator=(client const&) = delete;

    /// Not repeated by itself: a lost answer is call_failure::kind::unknown.
    call_result<answer> transact(transaction const& what);
    /// All keys of the range at one revision, in their order, page by page.
    call_result<answer> read(key_range const& which);
    call_result<lease_id> grant(std::chrono::seconds life);
    /// False: there is no such lease any more.
    call_result<bool> keep_alive(lease_id lease);
    call_result<> revoke(lease_id lease);
    /// The changes of a range from a revision on. Not connected: next() returns nothing.
    std::unique_ptr<watch_stream> watch(key_range const& which, revision from);

    call_counts counts() const;
    /// "etcd at a:1, b:2" for messages.
    std::string names() const;

  private:
    struct connection;
    explicit client(std::unique_ptr<connection> made);
    std::unique_ptr<connection> connection_;
};

}  // namespace cf::etcd
