// An echo server in steady state allocates nothing.
#include "allocations.hpp"
#include "udp_shard.hpp"

namespace stack {
namespace {

using namespace stack::testing;

class sink : public environment {
  public:
    void transmit(std::size_t, fragments const& packet, offload const&) override {
        bytes_out += packet.bytes();
    }
    void forward(member_id, fragments const&, offload const&) override {}
    void notify(member_id, connection_notice const&) override {}
    port_holder who_holds(four_tuple const&) override { return {}; }
    std::size_t bytes_out = 0;
};

TEST(udp_steady_state, echoing_datagrams_allocates_nothing) {
    sink world;
    facility shared;
    fake_source source(shared, 0);
    seeded random(1);
    shard it(world, source, random);
    settings s;
    s.self = {0, 1};
    using kind = interface_settings::kind;
    s.interfaces = {{"LOOPBACK", kind::loopback, addr("127.0.0.1"), 8, 65535, true, {}},
                    {"OSA", kind::device, addr("10.0.0.1"), 24, 1000, true, {}}};
    s.routes = {{{addr("0.0.0.0"), 0}, {}, 1, 0}};
    it.configure(std::make_shared<settings>(s), {});
    auto const server = it.udp().open("SERVER", 1);
    ASSERT_FALSE(it.udp().bind(server, {{}, 7}));
    auto const small = udp_packet(at("10.0.0.4", 5), at("10.0.0.1", 7), pattern(100));
    auto const large = udp_packet(at("10.0.0.4", 5), at("10.0.0.1", 7), pattern(1400));
    auto const burst = [&] {
        for (int i = 0; i < 32; ++i)
            it.receive(1, i % 2 == 0 ? small : large, {}, {});
        it.udp().clear_events();
        while (auto const d = it.udp().front(server)) {
            EXPECT_FALSE(it.udp().send(server, d->source, d->payload, {}));
            it.udp().pop(server);
        }
        it.advance({});
    };
    burst();
    std::size_t const before = allocations;
    std::size_t const sent = world.bytes_out;
    for (int i = 0; i < 500; ++i)
        burst();
    EXPECT_EQ(allocations, before);
    EXPECT_EQ(world.bytes_out, sent * 501);
}

}  // namespace
}  // namespace stack
