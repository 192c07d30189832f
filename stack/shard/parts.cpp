#include "stack/shard/parts.hpp"

#include <algorithm>
#include <utility>

namespace stack {
namespace {

/// Limits of a stack are divided among its shards.
tcp_settings share_of(tcp_settings whole, std::size_t shards) {
    auto const parts = static_cast<std::uint32_t>(shards);
    whole.buffer_memory /= parts;
    whole.half_opens = std::max(whole.half_opens / parts, 1U);
    whole.time_waits = std::max(whole.time_waits / parts, 1U);
    return whole;
}

}  // namespace

shard::impl::impl(environment& outside, port_source& shared_ports, entropy& random,
                  placement const& place)
    : world(outside),
      where(place),
      key{random.next(), random.next()},
      topology(where.is_alone() ? key : where.key),
      out(
          world, topology, counts,
          [this](four_tuple const& tuple) {
              return !where.is_alone() || engine.knows(tuple) || router.stays_here(tuple);
          },
          key),
      icmp(out, counts),
      forwarding(world, topology, icmp, counts),
      reassembly(counts),
      ports(shared_ports, topology, key, where),
      engine(out, sockets, random),
      tunnels(world, topology, icmp, counts, key),
      router(world, topology, counts, tunnels, engine, ports, key, where),
      sockets({world, shared_ports, topology, counts, engine, router, ports, where}, key),
      datagram_router(world, topology, counts, datagrams, key),
      datagrams(out, datagram_router, topology, counts, key) {
    ports.configure();
}

void shard::impl::configure(std::shared_ptr<settings const> next, instant now) {
    ip::topology const before = topology;
    topology.configure(std::move(next));
    engine.configure(share_of(topology.settings().tcp, where.count));
    ports.configure();
    router.configure();
    sockets.configure(before, now);
    datagrams.configure();
    datagram_router.configure();
    // An owner that is new to a DVIPA, or to which this stack is new, learns what there is.
    announce([&](dvipa_settings const& dvipa) {
        auto const* const was = before.dvipa(dvipa.host);
        return was == nullptr || was->owner != dvipa.owner;
    });
    router.announce_quiesced(before.settings().quiesced);
    datagram_router.announce_quiesced(before.settings().quiesced);
    router.answer_held(now);
    sockets.settle(now);
}

void shard::impl::advance(instant now) {
    // Two sockets of this stack could go on answering each other for ever.
    constexpr int most_rounds = 64;
    give_up_fragments(now);
    router.expire(now);
    for (int round = 0; round < most_rounds; ++round) {
        engine.advance(now);
        sockets.settle(now);
        // What is sent to this stack while these are received waits for the next round.
        auto& queue = out.to_self();
        if (queue.empty()) break;
        for (std::size_t count = queue.size(); count != 0; --count) {
            auto packet = queue.pop();
            receive_own(packet->bytes, packet->meta, now);
            queue.give_back(std::move(*packet));
        }
    }
    unfinished = out.to_self().empty() ? std::nullopt : std::optional(now);
}

std::optional<instant> shard::impl::next_deadline() const {
    std::optional<instant> earliest = unfinished;
    for (auto const candidate :
         {engine.next_deadline(), router.next_deadline(), reassembly.next_deadline()})
        if (candidate && (!earliest || *candidate < *earliest)) earliest = candidate;
    return earliest;
}

}  // namespace stack
