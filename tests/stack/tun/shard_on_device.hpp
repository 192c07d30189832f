// A whole stack behind a TUN device in a network namespace of its own, with the kernel as its peer.
#pragma once

#include "lab.hpp"
#include "stack/tun/device.hpp"
#include "stack/tun/queue.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <poll.h>
#include <sched.h>

namespace stack::testing {

/// The stack has 10.77.0.2/24 and 2001:db8::2/64, the kernel 10.77.0.1 and 2001:db8::1. The
/// parameter says whether the device does offload or software must.
class shard_on_device : public ::testing::TestWithParam<bool>, public environment {
  protected:
    static constexpr std::uint16_t mtu = 1500;

    static void SetUpTestSuite() {
        ASSERT_EQ(::unshare(CLONE_NEWNET), 0) << "needs root";
        ASSERT_EQ(std::system("ip link set lo up"), 0);
    }
    void SetUp() override {
        auto made = tun::device::create("ip-shard", mtu);
        ASSERT_TRUE(made.has_value()) << made.error();
        device_ = std::make_unique<tun::device>(std::move(*made));
        packets_ = std::make_unique<tun::queue>(device_->descriptor(), GetParam(), open_);
        // The kernel makes an IPv6 address its own in a work item, even without detection of
        // duplicates: before that, what is for the address is dropped.
        ASSERT_EQ(std::system("ip addr add 10.77.0.1/24 dev ip-shard && "
                              "ip addr add 2001:db8::1/64 dev ip-shard nodad && "
                              "until ip -6 route show table local 2001:db8::1 | grep -q local; "
                              "do :; done"),
                  0);
        using kind = interface_settings::kind;
        auto config = std::make_shared<settings>();
        config->self = {0, 1};
        config->interfaces = {{"LOOPBACK", kind::loopback, addr("127.0.0.1"), 8, 65535, true, {}},
                              {"OSA", kind::device, addr("10.77.0.2"), 24, mtu, true, {}},
                              {"OSA6", kind::device, addr("2001:db8::2"), 64, mtu, true, {}}};
        config->routes = {{{addr("10.77.0.0"), 24}, {}, 1, 0},
                          {{addr("2001:db8::"), 64}, {}, 2, 0}};
        it_.configure(config, now());
    }

    // environment
    void transmit(std::size_t, fragments const& packet, offload const& meta) override {
        if (meta.kind == offload::segmentation::tcp6) ++super_segments_out_;
        packets_->write(packet, meta);
    }
    void forward(member_id, fragments const&, offload const&) override { FAIL(); }
    void notify(member_id, connection_notice const&) override { FAIL(); }
    port_holder who_holds(four_tuple const&) override { return {}; }

    static instant now() { return instant(std::chrono::steady_clock::now().time_since_epoch()); }

    /// Runs the stack while `peer` runs in a thread of its own, 20 seconds at most.
    template <class Peer>
    void run(Peer&& peer) {
        std::atomic<bool> done = false;
        std::thread other([&] {
            peer();
            done = true;
        });
        run_until([&] { return done.load(); });
        EXPECT_TRUE(done) << "the peer has not come to an end";
        device_.reset();  // ends a peer that waits for an answer
        other.join();
    }
    /// Runs the stack until done(), 20 seconds at most.
    template <class Done>
    void run_until(Done&& done) {
        auto const limit = now() + std::chrono::seconds(20);
        while (!done() && now() < limit) {
            pollfd wait{device_->descriptor(), POLLIN, 0};
            ::poll(&wait, 1, 10);
            packets_->read(64, 65536, [&](std::span<std::byte const> packet, offload const& meta) {
                if (meta.kind == offload::segmentation::tcp6) ++super_segments_in_;
                it_.receive(1, packet, meta, now());
            });
            serve();
            it_.advance(now());
        }
    }
    void listen(std::uint16_t port) {
        auto const s = it_.open("ECHO", 1).value();
        it_.bind(s, {address(), port}, now());
        it_.listen(s, 8, now());
    }
    /// Of UDP, for both families.
    void serve_datagrams(std::uint16_t port) {
        datagrams_ = it_.udp().open("ECHO", 1);
        EXPECT_FALSE(it_.udp().bind(datagrams_, {address(), port}));
    }
    std::uint64_t counter(std::string_view name) const {
        std::optional<std::uint64_t> found;
        it_.each_counter([&](ip::counted const& each) {
            if (each.name == name) found = each.value;
        });
        EXPECT_TRUE(found) << name;
        return found.value_or(0);
    }

    udp::sockets& datagram_sockets() { return it_.udp(); }

    std::size_t super_segments_in_ = 0;
    std::size_t super_segments_out_ = 0;

  private:
    /// Accepts, and sends back what comes.
    void serve() {
        for (auto const& e : it_.events()) {
            if (e.what != event::kind::acceptable) continue;
            while (auto const s = it_.accept(e.socket, 2))
                connections_.push_back(*s);
        }
        it_.clear_events();
        while (auto const d = it_.udp().front(datagrams_)) {
            EXPECT_FALSE(it_.udp().send(datagrams_, d->source, d->payload, now()));
            it_.udp().pop(datagrams_);
        }
        for (auto const s : connections_) {
            for (;;) {
                auto const pieces = it_.readable(s);
                auto const room = it_.writable(s);
                if (pieces.empty() || room.empty()) break;
                auto const piece = *pieces.begin();
                std::size_t const count = std::min(piece.size(), room.size());
                std::copy_n(piece.begin(), count, room.begin());
                it_.produced(s, count, now());
                it_.consume(s, count, now());
            }
        }
    }

    tun::fence open_;
    std::unique_ptr<tun::device> device_;
    std::unique_ptr<tun::queue> packets_;
    facility nothing_shared_;
    fake_source source_{nothing_shared_, 0};
    seeded random_{1};
    shard it_{*this, source_, random_};
    std::vector<socket_id> connections_;
    udp::socket_id datagrams_;
};

}  // namespace stack::testing
