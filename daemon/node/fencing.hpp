// What a stack does as its lease ages: it tells, fences itself in time, and takes part again.
#pragma once

#include "cf/group/lease.hpp"
#include "daemon/node/hard_fence.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <optional>

namespace tcpplexd {

/// Whoever carries it out.
class fencing_listener {
  public:
    virtual ~fencing_listener() = default;
    /// The lease has run out: nothing of this stack may use a shared DVIPA when this returns.
    virtual void fence() = 0;
    /// The lease is renewed, after fence().
    virtual void take_part_again() = 0;
    /// The other stacks have declared this one dead: as it is it cannot take part any more.
    virtual void declared_dead() = 0;
};

/// Watches the lease from the loop. On a facility without leases there is nothing to watch: no
/// timer, no thread, no cost.
class fencing {
  public:
    /// `own`: null where there are no leases.
    fencing(boost::asio::io_context& io, cf::lease* own, fencing_listener& listener);
    ~fencing() { stop(); }

    /// Whether the stack has shared DVIPAs; without, it is not fenced, and only says what happens.
    void need(bool something);
    /// The stack is at its end and has nothing left to fence.
    void stop();

  private:
    void watch();
    void look();
    void tell(cf::lease_state before) const;

    cf::lease* lease_;
    boost::asio::steady_timer timer_;
    fencing_listener& listener_;
    std::optional<hard_fence> hard_;  ///< where there is a lease
    cf::lease_state seen_ = cf::lease_state::active;
    bool needed_ = false;
    bool fenced_ = false;
};

}  // namespace tcpplexd
