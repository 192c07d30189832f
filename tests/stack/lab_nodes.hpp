// The inner workings of lab.hpp.
#pragma once

#include "lab.hpp"

#include <gtest/gtest.h>

namespace stack::testing {

inline bytes joined(fragments const& packet) {
    bytes out;
    for (auto piece : packet)
        out.insert(out.end(), piece.begin(), piece.end());
    return out;
}

inline node::node(lab& surroundings, int number, facility& shared)
    : around(surroundings),
      index(number),
      source(shared, number),
      random(static_cast<std::uint64_t>(number) + 1),
      it(*this, source, random) {
    using kind = interface_settings::kind;
    config.self = id();
    config.interfaces = {
        {"LOOPBACK", kind::loopback, addr("127.0.0.1"), 8, 65535, true, {}},
        {"OSA", kind::device, addr("10.0.0." + std::to_string(number + 1)), 24, 1500, true, {}}};
    config.routes = {{{addr("0.0.0.0"), 0}, {}, 1, 0}};
}

inline void node::transmit(std::size_t interface, fragments const& packet, offload const& meta) {
    order.emplace_back("transmit");
    sent.push_back({joined(packet), meta, interface, {}});
    if (!carry_packets) return;
    int const to = around.owner_of(destination_of(sent.back().data));
    if (to >= 0) around.under_way.push_back({to, false, {}, sent.back().data, meta, {}});
}

inline void node::forward(member_id to, fragments const& packet, offload const& meta) {
    order.emplace_back("forward");
    sent.push_back({joined(packet), meta, 0, to});
    if (carry_packets)
        around.under_way.push_back({to.slot, true, id(), sent.back().data, meta, {}});
}

inline void node::notify(member_id to, connection_notice const& notice) {
    static constexpr std::array<char const*, 6> names{"opened",  "ended",     "listening",
                                                      "stopped", "receiving", "unreceiving"};
    order.push_back(std::string("notify ") + names[static_cast<std::size_t>(notice.what)]);
    notices.push_back(notice);
    if (carry_notices) around.under_way.push_back({to.slot, true, id(), {}, {}, notice});
}

inline port_holder node::who_holds(four_tuple const& tuple) {
    return around.shared.holder(tuple.local.host, tuple.local.port);
}

inline void node::configure() {
    it.configure(std::make_shared<settings>(config), around.now);
}

inline std::vector<event> node::events() {
    auto const fresh = it.events();
    pending_.insert(pending_.end(), fresh.begin(), fresh.end());
    it.clear_events();
    return pending_;
}

inline bool node::has(event::kind what, socket_id socket) {
    for (auto const& e : events())
        if (e.what == what && e.socket == socket) return true;
    return false;
}

inline event node::expect(event::kind what, socket_id socket) {
    events();
    for (auto at = pending_.begin(); at != pending_.end(); ++at) {
        if (at->what != what || !(at->socket == socket)) continue;
        event const found = *at;
        pending_.erase(at);
        return found;
    }
    ADD_FAILURE() << "no event " << static_cast<int>(what) << " for socket " << socket.index
                  << " of node " << index;
    return {};
}

inline std::uint64_t node::counter(std::string_view name) const {
    std::optional<std::uint64_t> found;
    it.each_counter([&](ip::counted const& each) {
        if (each.name == name) found = each.value;
    });
    EXPECT_TRUE(found) << name;
    return found.value_or(0);
}

inline node& lab::add() {
    nodes.push_back(std::make_unique<node>(*this, static_cast<int>(nodes.size()), shared));
    return *nodes.back();
}

inline void lab::add_dvipa(char const* host, int owner, std::vector<int> others, bool is_shared,
                           std::vector<std::uint16_t> distributed) {
    dvipa_settings d;
    d.host = addr(host);
    d.owner = nodes[static_cast<std::size_t>(owner)]->id();
    d.shared = is_shared;
    others.insert(others.begin(), owner);
    for (auto const port : distributed) {
        auto& rule = d.distributions.emplace_back();
        rule.first_port = rule.last_port = port;
        rule.method = distribution_method::round_robin;
        for (int n : others)
            rule.targets.emplace_back().who = nodes[static_cast<std::size_t>(n)]->id();
    }
    for (int n : others) {
        d.part = n == owner ? dvipa_settings::role::owner : dvipa_settings::role::target;
        nodes[static_cast<std::size_t>(n)]->config.dvipas.push_back(d);
    }
}

inline void lab::start() {
    for (auto& n : nodes)
        n->configure();
    settle();
}

inline int lab::owner_of(address const& host) const {
    for (auto const& n : nodes) {
        for (auto const& i : n->config.interfaces)
            if (i.type == interface_settings::kind::device && i.host == host) return n->index;
        for (auto const& d : n->config.dvipas)
            if (d.host == host && d.part == dvipa_settings::role::owner) return n->index;
    }
    return -1;
}

inline void lab::settle() {
    for (int rounds = 0; rounds < 100'000; ++rounds) {
        for (auto& n : nodes)
            n->it.advance(now);
        if (under_way.empty()) return;
        auto const p = std::move(under_way.front());
        under_way.pop_front();
        auto& to = nodes[static_cast<std::size_t>(p.to)]->it;
        if (p.notice)
            to.notice(p.from, *p.notice, now);
        else if (p.forwarded)
            to.receive_forwarded(p.from, p.data, p.meta, now);
        else
            to.receive(1, p.data, p.meta, now);
    }
    ADD_FAILURE() << "packets without end";
}

inline void lab::run(duration length) {
    instant const end = now + length;
    settle();
    for (;;) {
        instant next = end;
        for (auto& n : nodes)
            if (auto const deadline = n->it.next_deadline())
                next = std::min(next, std::max(now, *deadline));
        now = next;
        settle();
        if (now >= end) return;
        now +=
            std::chrono::microseconds(1);  // a deadline that stays in the past must not stop time
    }
}

}  // namespace stack::testing
