// Several shards, a network between them and a port source, in one thread and virtual time.
#pragma once

#include "packet_builder.hpp"
#include "stack/shard/shard.hpp"

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace stack::testing {

/// Numbers without end from a seed (splitmix64).
class seeded : public entropy {
  public:
    explicit seeded(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() override {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }

  private:
    std::uint64_t state_;
};

/// Ports of shared addresses, for all nodes of a lab: who holds, who serves.
class facility {
  public:
    struct key {
        address dvipa;
        std::uint16_t port;
        auto operator<=>(key const&) const = default;
    };
    std::map<key, std::set<int>> held;
    std::map<key, std::set<int>> served;

    port_holder holder(address const& dvipa, std::uint16_t port) const {
        auto const at = held.find({dvipa, port});
        if (at == held.end()) return {port_holder::kind::nobody, {}};
        if (at->second.size() > 1) return {port_holder::kind::several, {}};
        return {port_holder::kind::one, {static_cast<std::uint16_t>(*at->second.begin()), 1}};
    }
};

/// One node's way to the facility. `later`: everything is pending until resolve().
class fake_source : public port_source {
  public:
    fake_source(facility& shared, int node) : shared_(shared), node_(node) {}

    bool later = false;
    bool away = false;
    std::vector<std::string> calls;
    struct question {
        port_ticket ticket;
        std::string what;
        address dvipa;
        std::uint16_t port;
        port_set excluded;
    };
    std::deque<question> questions;

    port_reply allocate(address const& d, endpoint const&, port_set const& excluded,
                        std::uint64_t stride, port_ticket t) override {
        auto out_of_reach = excluded;
        for (auto& word : out_of_reach.words)
            word |= ~stride;
        return ask({t, "allocate", d, 0, out_of_reach});
    }
    port_reply claim(address const& d, std::uint16_t port, port_ticket t) override {
        return ask({t, "claim", d, port, {}});
    }
    port_reply serve(address const& d, std::uint16_t port, port_ticket t) override {
        return ask({t, "serve", d, port, {}});
    }
    void release(address const& d, std::uint16_t port) override {
        calls.push_back("release " + std::to_string(port));
        drop(shared_.held, d, port);
    }
    void opened(four_tuple const& tuple, bool inbound) override {
        calls.push_back((inbound ? "inbound " : "opened ") + std::to_string(tuple.local.port));
    }
    void ended(four_tuple const& tuple) override {
        calls.push_back("ended " + std::to_string(tuple.local.port));
    }
    void unserve(address const& d, std::uint16_t port) override {
        calls.push_back("unserve " + std::to_string(port));
        drop(shared_.served, d, port);
    }

    port_reply answer(question const& q) {
        if (away) return {port_answer::unavailable, 0};
        if (q.what == "allocate") return pick(q);
        facility::key const key{q.dvipa, q.port};
        auto const holders = shared_.held.find(key);
        bool const others = holders != shared_.held.end() &&
                            (holders->second.size() > 1 || !holders->second.contains(node_));
        if (others) return {port_answer::in_use, 0};
        if (q.what == "claim") {
            if (shared_.served.contains(key)) return {port_answer::in_use, 0};
            shared_.held[key].insert(node_);
        } else {
            drop(shared_.held, q.dvipa, q.port);
            shared_.served[key].insert(node_);
        }
        return {port_answer::granted, q.port};
    }

  private:
    port_reply ask(question q) {
        calls.push_back(q.what + (q.port == 0 ? "" : " " + std::to_string(q.port)));
        if (!later) return answer(q);
        questions.push_back(std::move(q));
        return {port_answer::pending, 0};
    }
    port_reply pick(question const& q) {
        for (unsigned port = 1; port <= 0xffff; ++port) {
            auto const p = static_cast<std::uint16_t>(port);
            facility::key const key{q.dvipa, p};
            if (q.excluded.contains(p) || shared_.held.contains(key) ||
                shared_.served.contains(key))
                continue;
            shared_.held[key].insert(node_);
            return {port_answer::granted, p};
        }
        return {port_answer::exhausted, 0};
    }
    void drop(std::map<facility::key, std::set<int>>& from, address const& d, std::uint16_t port) {
        auto const at = from.find({d, port});
        if (at == from.end()) return;
        at->second.erase(node_);
        if (at->second.empty()) from.erase(at);
    }

    facility& shared_;
    int node_;
};

class lab;

struct sent_packet {
    bytes data;
    offload meta;
    std::size_t interface = 0;  ///< of transmit()
    member_id to;               ///< of forward(); invalid: transmit()
};

/// A shard and its world. Member id {index, 1}.
class node : public environment {
  public:
    node(lab& around, int index, facility& shared);

    // environment
    void transmit(std::size_t interface, fragments const& packet, offload const& meta) override;
    void forward(member_id to, fragments const& packet, offload const& meta) override;
    void notify(member_id to, connection_notice const& notice) override;
    port_holder who_holds(four_tuple const& tuple) override;
    void warn(warning, address const& about) override { warnings.push_back(about); }

    member_id id() const { return {static_cast<std::uint16_t>(index), 1}; }
    void configure();
    /// A new socket of job JOB.
    socket_id open(std::string_view job = "JOB") { return it.open(job, next_cookie++).value(); }
    /// Events so far and those of this call, taken out.
    std::vector<event> events();
    /// The first event of a kind for a socket, taken out; fails the test if there is none.
    event expect(event::kind what, socket_id socket);
    bool has(event::kind what, socket_id socket);
    std::uint64_t counter(std::string_view name) const;

    lab& around;
    int index;
    fake_source source;
    seeded random;
    settings config;
    shard it;
    bool carry_notices = true;  ///< false: notices are recorded and lost
    bool carry_packets = true;  ///< false: packets are recorded and lost
    std::vector<sent_packet> sent;
    std::vector<connection_notice> notices;
    std::vector<std::string> order;  ///< "notify opened", "transmit", "forward", as they happened
    std::vector<address> warnings;
    std::uint64_t next_cookie = 1;

  private:
    std::vector<event> pending_;
};

class lab {
  public:
    /// Nodes "10.0.0.<n>" with one device each, in one network; DVIPAs are added to config by the
    /// test before start().
    node& add();
    void add_dvipa(char const* host, int owner, std::vector<int> others, bool shared = true,
                   std::vector<std::uint16_t> distributed = {});
    void start();
    /// Delivers everything that is under way, without time passing.
    void settle();
    /// Lets time pass, deadline by deadline.
    void run(duration length);

    instant now{};
    facility shared;
    std::deque<std::unique_ptr<node>> nodes;

    struct parcel {
        int to;
        bool forwarded = false;
        member_id from;
        bytes data;
        offload meta;
        std::optional<connection_notice> notice;
    };
    std::deque<parcel> under_way;
    int owner_of(address const& host) const;
};

}  // namespace stack::testing
