// Several shards are one stack: whichever of them a packet comes to, its flow's owner gets it.
#include "shard_group.hpp"
#include "stack/shard/owner.hpp"

#include <gtest/gtest.h>

#include <set>

namespace stack {
namespace {

using namespace stack::testing;
using kind = event::kind;
namespace errc = boost::system::errc;

class shards : public ::testing::TestWithParam<std::size_t> {
  protected:
    shards() { net_.start(); }
    std::size_t count() const { return GetParam(); }
    shard_group& a() { return net_.stacks[0]; }
    shard_group& b() { return net_.stacks[1]; }
    /// Of random arrivals, some are at the wrong shard if there is one.
    void expect_handed_over(shard_group& in) {
        auto const handed = in.counter("ip.handed_to_another_shard");
        EXPECT_EQ(handed != 0, count() > 1) << handed;
    }
    static void write(shard& on, socket_id s, bytes const& data, instant now) {
        auto const room = on.writable(s);
        ASSERT_GE(room.size(), data.size());
        std::copy(data.begin(), data.end(), room.begin());
        on.produced(s, data.size(), now);
    }

    two_groups net_{GetParam()};
};

TEST_P(shards, each_has_as_many_ports_to_everyone_and_no_two_have_one) {
    for (unsigned remote = 1; remote < 6; ++remote) {
        auto const to = at("10.2.0.9", static_cast<std::uint16_t>(remote));
        std::uint64_t all = 0;
        for (std::size_t i = 0; i < count(); ++i) {
            auto const stride = stride_of(addr("10.1.9.9"), to, a().place(i));
            EXPECT_EQ(static_cast<std::size_t>(std::popcount(stride)), 64 / count());
            EXPECT_EQ(all & stride, 0U);
            all |= stride;
            for (unsigned port = 0; port <= 0xffff; ++port) {
                auto const p = static_cast<std::uint16_t>(port);
                ASSERT_EQ((stride >> (port % 64) & 1U) != 0,
                          is_own({{addr("10.1.9.9"), p}, to}, a().place(i)));
            }
        }
        EXPECT_EQ(all, ~std::uint64_t{0});
    }
}

TEST_P(shards, every_shard_opens_connections_and_every_byte_comes_to_its_owner) {
    constexpr std::size_t each = 40;
    auto const listeners = b().listen(at("0.0.0.0", 7), net_.now);
    std::vector<socket_id> clients;
    for (std::size_t i = 0; i < each * count(); ++i) {
        auto& part = a().at(i % count());
        clients.push_back(part.open());
        part.it.connect(clients.back(), {shard_group::host(1), 7}, net_.now);
    }
    net_.settle();
    for (std::size_t i = 0; i < clients.size(); ++i) {
        auto& part = a().at(i % count());
        ASSERT_FALSE(part.outcome(kind::connected, clients[i]));
        EXPECT_TRUE(is_own(*part.it.tuple(clients[i]), a().place(i % count())));
        write(part.it, clients[i], pattern(5000 + i), net_.now);
    }
    net_.settle();
    std::set<std::size_t> sizes;
    for (std::size_t i = 0; i < count(); ++i) {
        auto& part = b().at(i);
        while (auto const taken = part.it.accept(listeners[i], 0)) {
            EXPECT_TRUE(is_own(*part.it.tuple(*taken), b().place(i)));
            auto const received = joined(part.it.readable(*taken));
            EXPECT_EQ(received, pattern(received.size()));
            sizes.insert(received.size());
        }
        EXPECT_GT(sizes.size(), i * each / 4) << "shard " << i << " has its share";
    }
    EXPECT_EQ(sizes.size(), clients.size());
    EXPECT_EQ(*sizes.begin(), 5000U);
    expect_handed_over(a());
    expect_handed_over(b());
    EXPECT_EQ(a().counter("tcp.resets_out") + b().counter("tcp.resets_out"), 0U);
}

TEST_P(shards, a_connect_to_a_closed_port_is_refused_in_the_shard_that_asked) {
    for (std::size_t i = 0; i < count(); ++i) {
        auto const client = a().at(i).open();
        a().at(i).it.connect(client, {shard_group::host(1), 7}, net_.now);
        net_.settle();
        EXPECT_EQ(a().at(i).outcome(kind::connected, client),
                  errc::make_error_code(errc::connection_refused));
    }
}

TEST_P(shards, a_bound_socket_connects_from_the_shard_that_its_name_belongs_to) {
    b().listen(at("0.0.0.0", 7), net_.now);
    endpoint const remote{shard_group::host(1), 7};
    for (std::uint16_t port = 5000; port < 5008; ++port) {
        std::size_t connected = 0;
        for (std::size_t i = 0; i < count(); ++i) {
            auto& part = a().at(i);
            auto const client = part.open();
            EXPECT_EQ(part.it.place_of(client, remote), i) << "not bound yet";
            part.it.bind(client, {port % 2 == 0 ? address::any_v4() : shard_group::host(0), port},
                         net_.now);
            ASSERT_FALSE(part.outcome(kind::bound, client));
            bool const here = part.it.place_of(client, remote) == i;
            part.it.connect(client, remote, net_.now);
            net_.settle();
            auto const error = part.outcome(kind::connected, client);
            EXPECT_EQ(error,
                      here ? error_code() : errc::make_error_code(errc::address_not_available));
            connected += here ? 1 : 0;
        }
        EXPECT_EQ(connected, 1U);
    }
}

TEST_P(shards, an_error_message_comes_to_the_connection_that_it_quotes) {
    for (int i = 0; i < 32; ++i) {
        auto& part = a().at(static_cast<std::size_t>(i) % count());
        auto const client = part.open();
        part.it.connect(client, at("10.0.0.77", 7), net_.now);
        part.it.advance(net_.now);
        ASSERT_EQ(a().sent.size(), 1U);
        auto const syn = a().sent.back().data;
        a().sent.clear();
        net_.arrive(
            0, icmp(addr("10.0.0.77"), shard_group::host(0), 3, 3, 0, std::span(syn).first(28)));
        net_.settle();
        EXPECT_EQ(part.outcome(kind::connected, client),
                  errc::make_error_code(errc::connection_refused));
    }
    expect_handed_over(a());
}

TEST_P(shards, fragments_meet_and_then_go_where_their_flow_lives) {
    b().listen(at("0.0.0.0", 7), net_.now);
    std::size_t answered = 0;
    for (std::uint16_t port = 1; port <= 32; ++port) {
        bytes const whole = tcp_packet(
            {{shard_group::host(0), port}, {shard_group::host(1), 7}, syn, 1, 0, pattern(20)});
        // Behind 20 bytes of IP header, the TCP header with 4 bytes, and the other 16.
        bytes first(whole.begin(), whole.begin() + 44);
        bytes second(whole.begin(), whole.begin() + 20);
        second.insert(second.end(), whole.begin() + 44, whole.end());
        first[6] = std::byte{0x20};
        second[6] = std::byte{0};
        second[7] = std::byte{24 / 8};
        for (auto* const part : {&second, &first}) {
            store_be16(part->data() + 2, static_cast<std::uint16_t>(part->size()));
            store_be16(part->data() + 4, port);
            reseal(*part);
            net_.arrive(1, *part);
        }
        b().work(net_.now);
        b().work(net_.now);
        b().work(net_.now);
        for (auto const& answer : b().sent) {
            EXPECT_EQ(std::to_integer<unsigned>(answer.data[33]), unsigned{syn | ack});
            ++answered;
        }
        b().sent.clear();
    }
    EXPECT_EQ(answered, 32U);
    EXPECT_EQ(b().counter("ip.reassembled"), 32U);
    expect_handed_over(b());
}

TEST_P(shards, a_stack_talks_to_itself_from_shard_to_shard) {
    auto const listeners = a().listen(at("127.0.0.1", 7), net_.now);
    std::vector<socket_id> clients;
    for (std::size_t i = 0; i < 16; ++i) {
        auto& part = a().at(i % count());
        clients.push_back(part.open());
        part.it.connect(clients.back(), at("127.0.0.1", 7), net_.now);
    }
    net_.settle();
    std::size_t accepted = 0;
    for (std::size_t i = 0; i < clients.size(); ++i)
        EXPECT_FALSE(a().at(i % count()).outcome(kind::connected, clients[i]));
    for (std::size_t i = 0; i < count(); ++i)
        while (a().at(i).it.accept(listeners[i], 0))
            ++accepted;
    EXPECT_EQ(accepted, clients.size());
    expect_handed_over(a());
}

TEST_P(shards, a_port_of_a_shared_address_is_asked_for_within_the_stride) {
    dvipa_settings shared;
    shared.host = addr("10.9.9.9");
    shared.shared = true;
    a().config.dvipas.push_back(shared);
    a().config.ip.tcp_stack_source_vipa = shared.host;
    a().config.ip.source_vipa = true;
    a().configure(net_.now);
    std::set<std::uint16_t> picked;
    for (std::size_t i = 0; i < 64; ++i) {
        auto& part = a().at(i % count());
        part.source.later = true;
        auto const client = part.open();
        endpoint const remote{shard_group::host(1), static_cast<std::uint16_t>(i + 1)};
        part.it.connect(client, remote, net_.now);
        ASSERT_EQ(part.source.questions.size(), 1U);
        auto const question = part.source.questions.front();
        part.source.questions.pop_front();
        // Of each word of 64 ports, as of each block that a stack may hold, its share can be had.
        for (std::size_t word = 1024 / 64; word < 1024; ++word)
            EXPECT_EQ(static_cast<std::size_t>(std::popcount(~question.excluded.words[word])),
                      64 / count());
        auto const reply = part.source.answer(question);
        part.it.port_resolved(question.ticket, reply, net_.now);
        auto const flow = part.it.tuple(client);
        ASSERT_TRUE(flow);
        EXPECT_EQ(flow->local.host, shared.host);
        EXPECT_TRUE(is_own(*flow, a().place(i % count())));
        EXPECT_TRUE(picked.insert(flow->local.port).second);
    }
}

INSTANTIATE_TEST_SUITE_P(of_a_stack, shards, ::testing::Values(1, 2, 4));

}  // namespace
}  // namespace stack
