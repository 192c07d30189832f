// One stack with an IPv4 and an IPv6 device, and its UDP sockets.
#pragma once

#include "lab_nodes.hpp"
#include "stack/ip/input.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace stack::testing {

/// 10.0.0.1/24 is interface 1, 2001:db8::1/64 interface 2; MTU 1500.
class udp_shard : public ::testing::Test {
  protected:
    static inline auto const us = addr("10.0.0.1");
    static inline auto const us6 = addr("2001:db8::1");
    static inline auto const peer = at("10.0.0.9", 5000);
    static inline auto const peer6 = at("2001:db8::9", 5000);

    udp_shard() {
        lab_.add();
        auto& c = n().config;
        using kind = interface_settings::kind;
        c.interfaces.push_back({"OSA6", kind::device, us6, 64, 1500, true, {}});
        c.routes.push_back({{us6, 64}, {}, 2, 0});
        lab_.start();
    }
    node& n() { return *lab_.nodes[0]; }
    udp::sockets& it() { return n().it.udp(); }
    udp::socket_id bound(endpoint const& local, bool reuse = false) {
        auto const s = it().open("JOB", 1);
        EXPECT_FALSE(it().bind(s, local, {.reuse = reuse}));
        return s;
    }
    void receive(bytes const& packet, offload const& meta = {}) {
        n().it.receive(wire::ipv4_view(packet).version() == 4 ? 1 : 2, packet, meta, lab_.now);
    }
    void receive(endpoint const& from, endpoint const& to, std::string_view text) {
        receive(udp_packet(from, to, std::as_bytes(std::span(text))));
    }
    error_code send(udp::socket_id s, std::optional<endpoint> const& to, bytes const& payload) {
        fragments pieces;
        pieces.push_back(payload);
        return it().send(s, to, pieces, lab_.now);
    }
    /// The text of the oldest datagram, taken out; "-" if none waits.
    std::string take(udp::socket_id s) {
        auto const d = it().front(s);
        if (!d) return "-";
        std::string text;
        for (auto piece : d->payload)
            for (auto b : piece)
                text += static_cast<char>(b);
        it().pop(s);
        return text;
    }
    /// An ICMP error from the peer about the last packet sent.
    bytes error_about_sent(std::uint8_t type, std::uint8_t code, std::uint32_t rest = 0) {
        auto quote = n().sent.back().data;
        quote.resize(std::min<std::size_t>(quote.size(), 100));
        bool const v4 = wire::ipv4_view(quote).version() == 4;
        return icmp((v4 ? peer : peer6).host, v4 ? us : us6, type, code, rest, quote);
    }

    lab lab_;
};

}  // namespace stack::testing
