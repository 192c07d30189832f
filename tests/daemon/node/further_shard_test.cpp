// What a further shard says to other stacks goes by way of the first one's thread.
#include "daemon/node/further_shard.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace tcpplexd {
namespace {

stack::member_id const owner{3, 7};

class world_of_first : public stack::environment, public stack::port_source, public stack::entropy {
  public:
    void transmit(std::size_t, stack::fragments const&, stack::offload const&) override {}
    void forward(stack::member_id to, stack::fragments const& packet,
                 stack::offload const&) override {
        EXPECT_EQ(to, owner);
        std::string text;
        for (auto const piece : packet)
            for (auto const each : piece)
                text += static_cast<char>(each);
        forwarded.push_back(text);
    }
    void notify(stack::member_id, stack::connection_notice const&) override {}
    stack::port_holder who_holds(stack::four_tuple const&) override { return {}; }
    stack::port_reply allocate(stack::address const&, stack::endpoint const&,
                               stack::port_set const&, std::uint64_t, stack::port_ticket) override {
        return {};
    }
    stack::port_reply claim(stack::address const&, std::uint16_t, stack::port_ticket) override {
        return {};
    }
    stack::port_reply serve(stack::address const&, std::uint16_t, stack::port_ticket) override {
        return {};
    }
    void release(stack::address const&, std::uint16_t) override {}
    void unserve(stack::address const&, std::uint16_t) override {}
    void opened(stack::four_tuple const&, bool) override {}
    void ended(stack::four_tuple const&) override {}
    std::uint64_t next() override { return 4; }

    std::vector<std::string> forwarded;
};

TEST(a_further_shard, leaves_packets_for_other_stacks_to_the_first) {
    stack::placement const place{0, 2, {}};
    world_of_first world;
    boost::asio::io_context io;
    stack_ports ports(world, place);
    stack::shard core(world, ports.of(0), world, place);
    shard_loop first(io, core);
    post_office office(place.count);
    further_shard shard({1, place.count, {}}, first, office, ports, world);

    std::array<std::byte, 2> const head{std::byte{'a'}, std::byte{'b'}};
    std::array<std::byte, 1> const rest{std::byte{'c'}};
    stack::fragments packet;
    packet.push_back(head);
    packet.push_back(rest);
    shard.forward(owner, packet, {});
    EXPECT_TRUE(world.forwarded.empty()) << "not on this thread";
    io.poll();
    EXPECT_EQ(world.forwarded, std::vector<std::string>{"abc"});
}

}  // namespace
}  // namespace tcpplexd
