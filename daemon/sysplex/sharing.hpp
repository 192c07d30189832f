// Keeps this stack in step with the sharing of each DVIPA's ports, and switches it on and off.
#pragma once

#include "cf/connector.hpp"
#include "daemon/loop/shard_loop.hpp"
#include "daemon/sysplex/facility_thread.hpp"
#include "daemon/sysplex/port_bridge.hpp"

#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace tcpplexd {

/// Empty on success, else a sentence for the operator.
using switch_done = std::function<void(std::string const& problem)>;

/// This stack's part of the barrier. refresh() is called when the facility's change counter has
/// moved: it makes the shards take ports from the facility, reports what its connections and
/// sockets use, and lets waiting requests go on.
class sharing {
  public:
    /// `reconfigure` must call shard::configure with dvipa_settings::shared as shared() says.
    sharing(cf::connector& facility, facility_thread& worker, port_bridge& bridge,
            stack_ports& ports, std::vector<shard_loop*> const& loops,
            std::function<void()> reconfigure);

    /// Whether the shards ask the facility for ports of `dvipa`: in every state but OFF.
    bool shared(stack::address const& dvipa) const;
    /// Whether it is shared connection by connection (HASHTABLE).
    bool shared_by_connection(stack::address const& dvipa) const;
    /// Whether its ports are given out in blocks.
    bool in_blocks(stack::address const& dvipa) const;
    /// Takes over what the facility says now.
    void refresh();
    /// The facility has forgotten what this stack had reported: it reports again.
    void start_over();

    /// OFF -> ENABLING -> ON. `done` when the barrier has opened, or after 5 s with the names of
    /// the stacks that kept silent; everything is OFF again then.
    void switch_on(stack::address const& dvipa, cf::sharing_request const& wanted,
                   switch_done done);
    /// ON -> DRAINING; OFF when the last connection with a shared port has ended.
    void switch_off(stack::address const& dvipa, switch_done done);

  private:
    struct view {
        cf::dvipa_settings settings;
        std::uint32_t filled_generation =
            0;  ///< the switching on that this stack has reported its ports for
    };
    struct attempt;

    bool load();
    cf::adoption uses_of(stack::address const& dvipa, bool by_connection);
    void report_ports(stack::address const& dvipa, view& seen);
    void poll(std::shared_ptr<attempt> const& trying);
    void advise(stack::address const& dvipa) const;
    void give_up(std::shared_ptr<attempt> const& trying);

    cf::connector& facility_;
    facility_thread& worker_;
    port_bridge& bridge_;
    stack_ports& ports_;
    std::vector<shard_loop*> const& loops_;  ///< of all shards
    std::function<void()> reconfigure_;
    std::map<stack::address, view> views_;
};

}  // namespace tcpplexd
