// The host that the sysplex's connections go to, and that connects to its service.
#pragma once

#include "clients.hpp"
#include "internet.hpp"
#include "node.hpp"
#include "stack/shard/environment.hpp"
#include "stack/shard/shard.hpp"
#include "stack/socket/port_source.hpp"

#include <memory>

namespace sim {

/// A stack without shared addresses; echoes on ports 7000 and 7001.
class partner_host final : public stack::environment, public stack::port_source {
  public:
    partner_host(dice& fate, internet& net);
    void run();
    /// No new connections to the service; those there are end.
    void calm_down();
    client_counts const& counts() const { return clients_->counts(); }
    bool is_idle() const { return clients_->live() == 0; }

    void transmit(std::size_t, stack::fragments const& packet,
                  stack::offload const& meta) override {
        net_.send(packet, meta);
    }
    void forward(stack::member_id, stack::fragments const&, stack::offload const&) override {}
    void notify(stack::member_id, stack::connection_notice const&) override {}
    stack::port_holder who_holds(stack::four_tuple const&) override { return {}; }

    stack::port_reply allocate(stack::address const&, stack::endpoint const&,
                               stack::port_set const&, std::uint64_t, stack::port_ticket) override {
        return {};
    }
    stack::port_reply claim(stack::address const&, std::uint16_t, stack::port_ticket) override {
        return {};
    }
    stack::port_reply serve(stack::address const&, std::uint16_t, stack::port_ticket) override {
        return {};
    }
    void release(stack::address const&, std::uint16_t) override {}
    void opened(stack::four_tuple const&, bool) override {}
    void ended(stack::four_tuple const&) override {}
    void unserve(stack::address const&, std::uint16_t) override {}

  private:
    internet& net_;
    boost::asio::io_context io_;
    drawn_entropy random_;
    stack::shard core_;
    tcpplexd::shard_loop loop_;
    std::unique_ptr<clients> clients_;
    std::unique_ptr<echo_server> server_;
};

}  // namespace sim
