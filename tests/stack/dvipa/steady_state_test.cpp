// Forwarding allocates nothing once it is warm.
#include "allocations.hpp"
#include "lab_nodes.hpp"
#include "stack/dvipa/destination_table.hpp"

#include <gtest/gtest.h>

namespace stack {
namespace {

using namespace stack::testing;

/// A world that counts what it is given.
class sink : public environment {
  public:
    void transmit(std::size_t, fragments const&, offload const&) override { ++transmitted; }
    void forward(member_id, fragments const&, offload const&) override { ++forwarded; }
    void notify(member_id, connection_notice const&) override {}
    port_holder who_holds(four_tuple const&) override { return {}; }
    std::size_t transmitted = 0;
    std::size_t forwarded = 0;
};

TEST(steady_state, forwarding_to_members_and_devices_allocates_nothing) {
    sink world;
    facility shared;
    fake_source source(shared, 0);
    seeded random(1);
    shard it(world, source, random);
    settings s;
    s.self = {0, 1};
    using kind = interface_settings::kind;
    s.interfaces = {{"LOOPBACK", kind::loopback, addr("127.0.0.1"), 8, 65535, true, {}},
                    {"OSA", kind::device, addr("10.0.0.1"), 24, 1500, true, {}}};
    s.routes = {{{addr("0.0.0.0"), 0}, {}, 1, 0}};
    s.ip.forwarding = true;
    dvipa_settings d;
    d.host = addr("10.9.9.9");
    d.owner = s.self;
    s.dvipas = {d};
    it.configure(std::make_shared<settings>(s), {});
    it.notice({1, 1}, {connection_notice::kind::opened, {at("10.9.9.9", 40000), at("10.0.0.4", 7)}},
              {});
    auto const to_member =
        tcp_packet({at("10.0.0.4", 7), at("10.9.9.9", 40000), ack, 1, 1, pattern(1000)});
    auto const to_device =
        tcp_packet({at("10.0.0.4", 7), at("10.3.3.3", 1), ack, 1, 1, pattern(1000)});
    it.receive(1, to_member, {}, {});
    it.receive(1, to_device, {}, {});
    it.advance({});

    std::size_t const before = allocations;
    for (int i = 0; i < 10'000; ++i) {
        it.receive(1, to_member, {}, {});
        it.receive(1, to_device, {}, {});
        if (i % 32 == 0) it.advance({});
    }
    EXPECT_EQ(allocations, before);
    EXPECT_EQ(world.forwarded, 10'001U);
    EXPECT_EQ(world.transmitted, 10'001U);
}

TEST(steady_state, choosing_a_target_and_measuring_it_allocates_nothing) {
    dvipa::destination_table table;
    endpoint const service = at("10.9.9.9", 80);
    distribution_settings rule;
    for (std::uint16_t i = 0; i < 32; ++i) {
        rule.targets.emplace_back().who = {i, 1};
        table.listening(service, {i, 1});
    }
    rule.targets.front().preferred = true;
    for (auto const method :
         {distribution_method::base_wlm, distribution_method::server_wlm,
          distribution_method::round_robin, distribution_method::weighted_active,
          distribution_method::hot_standby}) {
        rule.method = method;
        table.configure();
        ASSERT_TRUE(table.pick(service, rule, {99, 1}, false));
        std::size_t const before = allocations;
        for (int i = 0; i < 1000; ++i) {
            auto const target = *table.pick(service, rule, {99, 1}, false);
            table.opened(service, target);
            table.handed_over(service, target, {});
            table.arrived(service, target);
            table.advance(instant(std::chrono::seconds(i)));
        }
        EXPECT_EQ(allocations, before);
    }
}

}  // namespace
}  // namespace stack
