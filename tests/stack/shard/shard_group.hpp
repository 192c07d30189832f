// Two stacks of several shards each, and a network that gives each packet to whichever shard it
// likes.
#pragma once

#include "lab_nodes.hpp"
#include "stack/shard/exchange.hpp"

#include <array>
#include <memory>
#include <vector>

namespace stack::testing {

class shard_group;

/// One shard of a stack.
class member_shard : public environment {
  public:
    member_shard(shard_group& group, placement const& place, facility& ports, int node)
        : group_(group),
          place_(place),
          source(ports, node),
          random_(place.index + 1),
          it(*this, source, random_, place) {}

    void transmit(std::size_t, fragments const& packet, offload const& meta) override;
    void hand_over(std::size_t to, member_id from, std::span<std::byte const> packet,
                   offload const& meta) override;
    void forward(member_id to, fragments const& packet, offload const& meta) override;
    void notify(member_id to, connection_notice const& notice) override;
    port_holder who_holds(four_tuple const& tuple) override;

    socket_id open() { return it.open("JOB", ++cookies_).value(); }
    /// The error of the first event of this kind for the socket; fails without one.
    error_code outcome(event::kind what, socket_id socket);
    std::size_t count(event::kind what) const;
    std::uint64_t counter(std::string_view name) const;

  private:
    shard_group& group_;
    placement place_;

  public:
    fake_source source;

  private:
    seeded random_;
    std::uint64_t cookies_ = 0;

  public:
    shard it;
};

/// A stack of one device with one address, and what the dynamic VIPAs are that a test gives it.
class shard_group {
  public:
    shard_group(std::size_t shards, int number)
        : between(shards), key{7, static_cast<std::uint64_t>(number)} {
        for (std::size_t i = 0; i < shards; ++i)
            parts.push_back(std::make_unique<member_shard>(*this, place(i), ports, number));
        config.self = id(number);
        using kind = interface_settings::kind;
        config.interfaces = {{"LOOPBACK", kind::loopback, addr("127.0.0.1"), 8, 65535, true, {}},
                             {"OSA", kind::device, host(number), 24, 1500, true, {}}};
        config.routes = {{{addr("0.0.0.0"), 0}, {}, 1, 0}};
    }

    static member_id id(int number) { return {static_cast<std::uint16_t>(number), 1}; }
    static address host(int number) { return addr("10.0.0." + std::to_string(number + 1)); }
    placement place(std::size_t index) const { return {index, between.shards(), key}; }
    member_shard& at(std::size_t index) { return *parts[index]; }

    void configure(instant now) {
        for (auto& part : parts)
            part->it.configure(std::make_shared<settings>(config), now);
    }
    /// A socket listening on `where` in each shard.
    std::vector<socket_id> listen(endpoint const& where, instant now) {
        std::vector<socket_id> made;
        for (auto& part : parts) {
            auto const s = made.emplace_back(part->open());
            part->it.bind(s, where, now);
            part->it.listen(s, 1000, now);
            EXPECT_FALSE(part->outcome(event::kind::listening, s));
        }
        return made;
    }
    /// Ends a burst of each shard; true if one of them had mail.
    bool work(instant now) {
        bool busy = false;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            between.drain(
                i, 64, [&](member_id from, std::span<std::byte const> packet, offload const& meta) {
                    parts[i]->it.receive_handed(from, packet, meta, now);
                    busy = true;
                });
            parts[i]->it.advance(now);
        }
        return busy;
    }
    std::uint64_t counter(std::string_view name) const {
        std::uint64_t sum = 0;
        for (auto const& part : parts)
            sum += part->counter(name);
        return sum;
    }

    exchange between;
    siphash_key key;
    facility ports;
    settings config;
    std::vector<std::unique_ptr<member_shard>> parts;
    std::vector<sent_packet> sent;  ///< to the device or another stack, not yet carried on
    std::vector<std::pair<member_id, connection_notice>> notices;  ///< likewise
};

inline void member_shard::transmit(std::size_t, fragments const& packet, offload const& meta) {
    group_.sent.push_back({joined(packet), meta, 0, {}});
}

inline void member_shard::hand_over(std::size_t to, member_id from,
                                    std::span<std::byte const> packet, offload const& meta) {
    ASSERT_NE(to, place_.index);
    group_.between.post(place_.index, to, from, packet, meta);
}

inline void member_shard::forward(member_id to, fragments const& packet, offload const& meta) {
    ASSERT_EQ(place_.index, 0U);
    group_.sent.push_back({joined(packet), meta, 0, to});
}

inline void member_shard::notify(member_id to, connection_notice const& notice) {
    group_.notices.emplace_back(to, notice);
}

inline port_holder member_shard::who_holds(four_tuple const& tuple) {
    EXPECT_EQ(place_.index, 0U);
    return group_.ports.holder(tuple.local.host, tuple.local.port);
}

inline error_code member_shard::outcome(event::kind what, socket_id socket) {
    for (auto const& e : it.events())
        if (e.what == what && e.socket == socket) return e.error;
    ADD_FAILURE() << "no event " << static_cast<int>(what) << " in shard " << place_.index;
    return {};
}

inline std::size_t member_shard::count(event::kind what) const {
    auto const all = it.events();
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](event const& e) { return e.what == what; }));
}

inline std::uint64_t member_shard::counter(std::string_view name) const {
    std::uint64_t found = 0;
    it.each_counter([&](ip::counted const& each) {
        if (each.name == name) found = each.value;
    });
    return found;
}

/// The two stacks and the network, in virtual time.
class two_groups {
  public:
    explicit two_groups(std::size_t shards) : stacks{{{shards, 0}, {shards, 1}}} {}

    void start() {
        for (auto& stack : stacks)
            stack.configure(now);
    }
    /// Gives a packet to some shard of a stack.
    void arrive(std::size_t stack, bytes const& packet, offload const& meta = {}) {
        auto& to = stacks[stack];
        to.at(chance_.next() % to.parts.size()).it.receive(1, packet, meta, now);
    }
    /// Until nothing is under way.
    void settle() {
        for (int round = 0; round < 10'000; ++round) {
            bool busy = false;
            for (std::size_t i = 0; i < 2; ++i) {
                busy = stacks[i].work(now) || busy;
                for (auto const& packet : std::exchange(stacks[i].sent, {}))
                    busy = carry(i, packet) || busy;
            }
            // Packets are faster than notices of their connections, as they can be.
            for (std::size_t i = 0; i < 2 && !busy; ++i)
                busy = carry_notices(i);
            if (!busy) return;
        }
        ADD_FAILURE() << "packets without end";
    }
    /// Hands over what stack `from` has told the first shards; true if there was anything.
    bool carry_notices(std::size_t from) {
        auto const id = shard_group::id(static_cast<int>(from));
        auto const told = std::exchange(stacks[from].notices, {});
        for (auto const& [to, notice] : told)
            stacks[to.slot].at(0).it.notice(id, notice, now);
        return !told.empty();
    }

    std::array<shard_group, 2> stacks;
    instant now{};

  private:
    bool carry(std::size_t from, sent_packet const& packet) {
        auto const id = shard_group::id(static_cast<int>(from));
        if (packet.to.valid()) {
            stacks[packet.to.slot].at(0).it.receive_forwarded(id, packet.data, packet.meta, now);
            return true;
        }
        auto const to = destination_of(packet.data);
        auto const& there = stacks[1 - from].config;
        bool const arrives =
            to == there.interfaces.back().host ||
            std::any_of(there.dvipas.begin(), there.dvipas.end(), [&](dvipa_settings const& d) {
                return d.host == to && d.part == dvipa_settings::role::owner;
            });
        if (arrives) arrive(1 - from, packet.data, packet.meta);
        return arrives;
    }

    seeded chance_{11};
};

}  // namespace stack::testing
