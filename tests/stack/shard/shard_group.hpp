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
    void forward(member_id, fragments const&, offload const&) override {}
    void notify(member_id, connection_notice const&) override {}
    port_holder who_holds(four_tuple const&) override { return {}; }

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

/// A stack of one device with one address.
class shard_group {
  public:
    shard_group(std::size_t shards, int number)
        : between(shards), key{7, static_cast<std::uint64_t>(number)} {
        for (std::size_t i = 0; i < shards; ++i)
            parts.push_back(std::make_unique<member_shard>(*this, place(i), ports, number));
        using kind = interface_settings::kind;
        config.interfaces = {{"LOOPBACK", kind::loopback, addr("127.0.0.1"), 8, 65535, true, {}},
                             {"OSA", kind::device, host(number), 24, 1500, true, {}}};
        config.routes = {{{addr("0.0.0.0"), 0}, {}, 1, 0}};
    }

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
    std::vector<sent_packet> sent;  ///< to the device, not yet carried on
};

inline void member_shard::transmit(std::size_t, fragments const& packet, offload const& meta) {
    group_.sent.push_back({joined(packet), meta, 0, {}});
}

inline void member_shard::hand_over(std::size_t to, member_id from,
                                    std::span<std::byte const> packet, offload const& meta) {
    ASSERT_NE(to, place_.index);
    group_.between.post(place_.index, to, from, packet, meta);
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
    it.each_counter([&](std::string_view candidate, std::uint64_t value) {
        if (candidate == name) found = value;
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
                for (auto const& packet : std::exchange(stacks[i].sent, {})) {
                    if (destination_of(packet.data) != shard_group::host(static_cast<int>(1 - i)))
                        continue;
                    arrive(1 - i, packet.data, packet.meta);
                    busy = true;
                }
            }
            if (!busy) return;
        }
        ADD_FAILURE() << "packets without end";
    }

    std::array<shard_group, 2> stacks;
    instant now{};

  private:
    seeded chance_{11};
};

}  // namespace stack::testing
