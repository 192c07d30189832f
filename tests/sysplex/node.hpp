// One stack of the sysplex in simulation: the daemon's own parts on a simulated loop, without
// profile, devices and operators.
#pragma once

#include "cf/connector.hpp"
#include "clients.hpp"
#include "daemon/loop/shard_loop.hpp"
#include "daemon/node/fencing.hpp"
#include "daemon/sysplex/facility_thread.hpp"
#include "daemon/sysplex/group.hpp"
#include "daemon/sysplex/mesh.hpp"
#include "daemon/sysplex/ownership.hpp"
#include "daemon/sysplex/port_bridge.hpp"
#include "daemon/sysplex/recall.hpp"
#include "daemon/sysplex/sharing.hpp"
#include "daemon/sysplex/stack_ports.hpp"
#include "daemon/sysplex/starting_over.hpp"
#include "internet.hpp"
#include "network.hpp"
#include "stack/core/entropy.hpp"
#include "stack/shard/environment.hpp"
#include "stack/shard/shard.hpp"
#include "stack/tun/fence.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace sim {

inline stack::address const dvipa = stack::address::v4(0x0a010909);
inline stack::address const partner = stack::address::v4(0xc0000201);
inline constexpr std::uint16_t service_port = 8000;

/// What a node finds around it.
struct surroundings {
    dice& fate;
    internet& net;
    xcf_network& xcf;
    cf::sharing_request sharing;
    std::uint16_t first_port = 40000, last_port = 40031;
    /// Called before a packet of a node leaves, on its thread.
    std::function<void(class node&, stack::fragments const&)> sends;
};

class drawn_entropy final : public stack::entropy {
  public:
    explicit drawn_entropy(dice& fate) : fate_(fate) {}
    std::uint64_t next() override { return fate_.seed(); }

  private:
    dice& fate_;
};

class node final : public stack::environment,
                   public tcpplexd::group_listener,
                   public tcpplexd::ownership_listener,
                   public tcpplexd::fencing_listener {
  public:
    /// All distribute the service port of the DVIPA to all. `rank`: of the stack's VIPABACKUP; 0:
    /// it has a VIPADEFINE.
    node(surroundings& around, std::unique_ptr<cf::connector> facility, std::uint8_t rank);
    ~node() override;

    /// Until it has been told to leave, or was declared dead.
    void run();
    /// From any thread: no new work, connections end.
    void calm_down();
    /// What is left, too: a connection whose client has reset it does not know that if the reset
    /// was lost.
    void end_all();
    void leave();

    // --- for the invariants
    using use = std::pair<std::uint16_t, stack::endpoint>;  ///< a source port and where it goes
    std::set<use> uses() const;
    /// Whether its packets from the DVIPA would leave now.
    bool may_send() const;
    /// Whether it would answer for the DVIPA.
    bool is_owner() const;
    /// Whether it has the connection, established, that a segment from the DVIPA speaks of.
    bool has(stack::four_tuple const& tuple) const;
    bool takes_part() const { return in_service_ && serving_; }
    cf::connector const& facility() const { return *facility_; }
    cf::connector& facility() { return *facility_; }
    client_counts const& counts() const { return clients_->counts(); }
    bool is_idle() const { return clients_->live() == 0 && worker_.outstanding() == 0; }
    std::size_t live() const { return clients_->live(); }
    /// Its connections and their states, for messages.
    std::string states() const;
    int times_owner() const { return times_owner_; }
    bool was_fenced() const { return fenced_; }

    // --- stack::environment
    void transmit(std::size_t index, stack::fragments const& packet,
                  stack::offload const& meta) override;
    void forward(stack::member_id to, stack::fragments const& packet,
                 stack::offload const& meta) override;
    void notify(stack::member_id to, stack::connection_notice const& notice) override;
    stack::port_holder who_holds(stack::four_tuple const& tuple) override;

    // --- group_listener
    void group_changed() override;
    void member_gone(stack::member_id who) override;
    void member_reached(stack::member_id who) override;
    void recall_received(stack::member_id from, std::string_view text) override {
        recall_.on_message(from, text);
    }
    /// Without reports all targets have the same weight.
    void report_received(stack::member_id, std::string_view) override {}
    void settle_received(stack::member_id from, std::string_view text) override {
        ownership_.on_message(from, text);
    }
    void facility_changed() override {
        sharing_.refresh();
        ownership_.facility_changed();
    }

    // --- ownership_listener
    bool uses(stack::address const& host) const override {
        return !held_ports_.in_use(host).empty();
    }
    void ownership_changed() override { reconfigure(); }
    void tell_all(stack::address const& host, std::function<void()> told) override;

    // --- fencing_listener
    void fence() override;
    void take_part_again() override;
    void declared_dead() override { io_.stop(); }

  private:
    void enter_service();
    void switch_on();
    void begin_work();
    void reconfigure();
    void route(stack::address const& host);
    stack::address device() const;
    tcpplexd::member_definitions own_definitions() const;

    surroundings& around_;
    process& on_;
    boost::asio::io_context io_;
    std::unique_ptr<cf::connector> facility_;
    tcpplexd::facility_thread worker_;
    drawn_entropy random_;
    stack::tun::fence fence_;
    tcpplexd::port_bridge bridge_;
    tcpplexd::stack_ports held_ports_;
    stack::shard core_;
    tcpplexd::shard_loop loop_;
    std::vector<tcpplexd::shard_loop*> const loops_;  ///< the one there is
    tcpplexd::mesh links_;
    tcpplexd::recall recall_;
    tcpplexd::sharing sharing_;
    boost::asio::steady_timer retry_;
    tcpplexd::starting_over starting_over_;
    std::unique_ptr<tcpplexd::group> group_;
    tcpplexd::ownership ownership_;
    std::vector<stack::dvipa_settings> parts_;  ///< in DVIPAs, as configured
    std::unique_ptr<clients> clients_;
    std::unique_ptr<echo_server> server_;
    tcpplexd::fencing fencing_;
    std::uint8_t rank_;
    int times_owner_ = 0;
    bool in_service_ = false;
    bool serving_ = false;
    bool calm_ = false;  ///< opens nothing any more
    bool fenced_ = false;
};

}  // namespace sim
