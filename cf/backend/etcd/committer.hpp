// Transactions whose outcome is always found out.
#pragma once

#include "cf/backend/etcd/client.hpp"
#include "cf/backend/etcd/keys.hpp"
#include "cf/threads.hpp"

#include <cstdint>
#include <functional>
#include <optional>

namespace cf::etcd {

/// Numbers the transactions of one connection in a key of its own, which each of them compares and
/// writes. If the answer to one is lost, the same one sent again either is done, or is refused and
/// shows whether the first was done; and what is still on its way somewhere cannot be done later,
/// because the number has moved on. Not thread-safe.
class committer {
  public:
    using clock = steady_clock;

    /// `lease`: the one the connection has now; a new lease begins a new numbering.
    committer(client& at, key_names const& names, std::function<lease_id()> lease)
        : at_(at), names_(names), lease_(std::move(lease)) {}

    /// Done, or refused because a compare did not hold. Failures: not_done; unknown if etcd did not
    /// say before the deadline: then settle() before anything else.
    call_result<answer> commit(transaction what, clock::time_point deadline);
    /// Whether a transaction of unknown outcome is left.
    bool unsettled() const { return unsettled_; }
    /// False: it was not done, and never will be. True: it was; or its lease has ended meanwhile,
    /// and it may have been.
    call_result<bool> settle(clock::time_point deadline);

  private:
    call_result<answer> send(transaction const& what, clock::time_point deadline);
    call_result<bool> ask_the_number(clock::time_point deadline);
    void begin_numbering(lease_id lease);

    client& at_;
    key_names names_;
    std::function<lease_id()> lease_;
    lease_id numbered_ = 0;
    std::string key_;
    std::uint64_t number_ = 0;  ///< of the last transaction sent
    revision modified_ = 0;     ///< of the key; 0: none yet
    bool unsettled_ = false;
};

}  // namespace cf::etcd
