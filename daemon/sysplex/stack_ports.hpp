// The shards of a stack share what the coupling facility grants to the stack.
#pragma once

#include "daemon/loop/shard_loop.hpp"
#include "stack/socket/port_source.hpp"
#include "stack/wire/keyed_hash.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace tcpplexd {

/// Between the port sources of the shards and that of the stack, on the first shard's thread. A
/// name is bound, and listened on, in each shard: the stack's source is asked for the first, and
/// told when the last has given it back. Allocations, and what is told of connections, go through.
class stack_ports {
  public:
    stack_ports(stack::port_source& whole, stack::placement const& first);

    /// Before the first request. `loops`: of all shards, by number. `by_connection`: whether a
    /// DVIPA is shared connection by connection, where a port allocated for a remote end is not
    /// held.
    void attach(std::vector<shard_loop*> const& loops,
                std::function<bool(stack::address const&)> by_connection) {
        loops_ = &loops;
        by_connection_ = std::move(by_connection);
    }

    /// What a shard asks, for use on this thread. Tickets are the shard's own.
    stack::port_source& of(std::size_t shard) { return lanes_[shard]; }
    /// The reply to a shard's request, on its thread. Replies, and what shard_loop::run() runs
    /// there, keep their order.
    void tell(std::size_t shard, stack::port_ticket ticket, stack::port_reply const& reply);

    // ---- for the stack's source ----
    /// What was pending is answered; `ticket` as the source got it.
    void answered(stack::port_ticket ticket, stack::port_reply const& reply);
    /// Ports of a local address in use in any shard.
    std::vector<stack::port_use> in_use(stack::address const& local) const;

    // ---- sharing switched on and off, and fenced ----
    /// shard::adopt() of every shard: what they hold from here on.
    std::vector<stack::port_use> adopt(stack::address const& dvipa);
    /// shard::disown() of every shard.
    void disown(stack::address const& dvipa);
    /// Nothing is held any more; shard::fence() follows.
    void forget(stack::address const& dvipa);

  private:
    using shard_set = std::uint64_t;  // a bit for each
    static_assert(stack::placement::most_shards <= 64);
    struct holders {
        shard_set sources = 0;
        shard_set services = 0;
    };
    /// Claims and services asked for and not answered yet.
    struct question {
        bool service = false;
        stack::endpoint port;
        stack::port_ticket ticket = 0;                ///< as the stack's source got it
        std::vector<stack::port_ticket> followers{};  ///< who asked for the same meanwhile
    };
    struct allocation {
        stack::address dvipa;
        bool for_one = false;  ///< for a remote end
    };
    class lane : public stack::port_source {
      public:
        lane(stack_ports& all, std::size_t shard) : all_(all), shard_(shard) {}
        stack::port_reply allocate(stack::address const& dvipa, stack::endpoint const& remote,
                                   stack::port_set const& excluded, std::uint64_t stride,
                                   stack::port_ticket ticket) override;
        stack::port_reply claim(stack::address const& dvipa, std::uint16_t port,
                                stack::port_ticket ticket) override;
        void release(stack::address const& dvipa, std::uint16_t port) override;
        void opened(stack::four_tuple const& tuple, bool inbound) override;
        void ended(stack::four_tuple const& tuple) override;
        stack::port_reply serve(stack::address const& dvipa, std::uint16_t port,
                                stack::port_ticket ticket) override;
        void unserve(stack::address const& dvipa, std::uint16_t port) override;

      private:
        stack_ports& all_;
        std::size_t shard_;
    };

    stack::port_reply ask(std::size_t shard, bool service, stack::endpoint const& port,
                          stack::port_ticket ticket);
    void give_back(std::size_t shard, bool service, stack::endpoint const& port);
    void allocated(std::size_t shard, allocation const& what, stack::port_reply const& reply);
    void granted(std::size_t shard, bool service, stack::endpoint const& port);

    stack::port_source& whole_;
    std::vector<lane> lanes_;
    std::vector<shard_loop*> const* loops_ = nullptr;
    std::function<bool(stack::address const&)> by_connection_;
    boost::unordered_flat_map<stack::endpoint, holders, stack::wire::keyed_hash> held_;
    std::vector<question> asked_;
    boost::unordered_flat_map<stack::port_ticket, allocation> allocating_;
};

}  // namespace tcpplexd
