// Dynamic VIPAs of stacks of several shards: the first shard routes and distributes, connections
// are in the shards that their names say.
#include "shard_group.hpp"
#include "stack/shard/owner.hpp"

#include <gtest/gtest.h>

namespace stack {
namespace {

using namespace stack::testing;
using kind = event::kind;

endpoint const service = at("10.9.9.9", 8000);

class shards_dvipa : public ::testing::TestWithParam<std::size_t> {
  protected:
    std::size_t count() const { return GetParam(); }
    shard_group& owner() { return net_.stacks[0]; }
    shard_group& other() { return net_.stacks[1]; }
    /// Stack 0 owns the DVIPA and distributes port 8000 to `targets`.
    void start(std::vector<int> const& targets, bool shared = false) {
        dvipa_settings d;
        d.host = service.host;
        d.owner = shard_group::id(0);
        d.shared = shared;
        auto& rule = d.distributions.emplace_back();
        rule.first_port = rule.last_port = service.port;
        rule.method = distribution_method::round_robin;
        for (int each : targets)
            rule.targets.emplace_back().who = shard_group::id(each);
        owner().config.dvipas = {d};
        owner().config.ip.source_vipa = true;
        owner().config.ip.tcp_stack_source_vipa = service.host;
        d.part = dvipa_settings::role::target;
        if (targets.back() == 1) other().config.dvipas = {d};
        net_.start();
        net_.settle();
    }
    std::vector<socket_id> connect(shard_group& from, std::size_t each, endpoint const& to) {
        std::vector<socket_id> made;
        for (std::size_t i = 0; i < each * count(); ++i) {
            auto& part = from.at(i % count());
            made.push_back(part.open());
            part.it.connect(made.back(), to, net_.now);
        }
        net_.settle();
        for (std::size_t i = 0; i < made.size(); ++i)
            EXPECT_FALSE(from.at(i % count()).outcome(kind::connected, made[i]));
        return made;
    }
    /// Accepts what waits in each shard; each has a part of it.
    std::size_t accept_all(shard_group& at, std::vector<socket_id> const& listeners) {
        std::size_t all = 0;
        for (std::size_t i = 0; i < count(); ++i) {
            std::size_t here = 0;
            while (auto const taken = at.at(i).it.accept(listeners[i], 0)) {
                EXPECT_TRUE(is_own(*at.at(i).it.tuple(*taken), at.place(i)));
                ++here;
            }
            EXPECT_NE(here, 0U) << "shard " << i;
            all += here;
        }
        return all;
    }
    std::uint64_t resets() {
        return owner().counter("tcp.resets_out") + other().counter("tcp.resets_out");
    }

    two_groups net_{GetParam()};
};

TEST_P(shards_dvipa, connections_to_the_owner_are_distributed_once_and_find_their_shards) {
    start({0});
    auto const listeners = owner().listen(service, net_.now);
    connect(other(), 16, service);
    EXPECT_EQ(accept_all(owner(), listeners), 16 * count());
    EXPECT_EQ(owner().counter("dvipa.connections_distributed"), 16 * count());
    EXPECT_EQ(resets(), 0U);
}

TEST_P(shards_dvipa, connections_from_the_owner_get_their_answers_whoever_reads_them) {
    start({0});
    other().listen(at("0.0.0.0", 7), net_.now);
    connect(owner(), 16, {shard_group::host(1), 7});
    EXPECT_EQ(resets(), 0U);
}

TEST_P(shards_dvipa, the_facilitys_word_on_a_port_is_as_good_as_a_notice) {
    start({0}, true);
    for (auto& part : owner().parts)
        part->source.later = false;
    other().listen(at("0.0.0.0", 7), net_.now);
    connect(owner(), 16, {shard_group::host(1), 7});
    EXPECT_EQ(owner().counter("hold.queued"), 0U);
    EXPECT_EQ(resets(), 0U);
}

TEST_P(shards_dvipa, a_target_says_once_that_it_listens_and_its_shards_get_what_is_forwarded) {
    start({0, 1});
    std::vector<socket_id> const listeners = other().listen(service, net_.now);
    std::size_t said = 0;
    for (auto const& [to, notice] : other().notices)
        said += notice.what == connection_notice::kind::listening ? 1 : 0;
    EXPECT_EQ(said, 1U);
    net_.settle();
    // From an address of its own, so that answers do not come through the owner.
    owner().config.ip.tcp_stack_source_vipa.reset();
    owner().configure(net_.now);
    connect(owner(), 16, service);
    EXPECT_EQ(accept_all(other(), listeners), 16 * count());
    EXPECT_EQ(resets(), 0U);
    std::size_t rows = 0;
    owner().at(0).it.each_route([&](routing_row const& row) {
        EXPECT_EQ(row.holder, shard_group::id(1));
        ++rows;
    });
    EXPECT_EQ(rows, 16 * count());
}

TEST_P(shards_dvipa, a_syn_that_comes_twice_goes_the_same_way) {
    start({0, 1});
    owner().listen(service, net_.now);
    other().listen(service, net_.now);
    net_.settle();
    for (std::uint16_t port = 2000; port < 2016; ++port) {
        auto const packet = tcp_packet({{addr("10.0.0.77"), port}, service, syn, 1});
        // Before anybody has told of the connection.
        net_.arrive(0, packet);
        net_.arrive(0, packet);
        owner().work(net_.now);
        net_.settle();
    }
    EXPECT_EQ(owner().counter("dvipa.connections_distributed"), 16U);
}

TEST_P(shards_dvipa, a_shard_that_comes_to_be_of_an_owner_tells_the_first_what_it_has) {
    start({0});
    other().listen(at("0.0.0.0", 7), net_.now);
    owner().config.dvipas.front().owner = shard_group::id(1);
    owner().config.dvipas.front().part = dvipa_settings::role::target;
    owner().configure(net_.now);
    other().config.dvipas = owner().config.dvipas;
    other().config.dvipas.front().part = dvipa_settings::role::owner;
    other().configure(net_.now);
    auto const clients = connect(owner(), 8, {shard_group::host(1), 7});

    std::swap(owner().config.dvipas, other().config.dvipas);
    for (auto* const stack : {&owner(), &other()})
        stack->config.dvipas.front().owner = shard_group::id(0);
    owner().configure(net_.now);
    other().configure(net_.now);
    net_.settle();
    for (std::size_t i = 0; i < clients.size(); ++i) {
        auto& part = owner().at(i % count());
        auto const room = part.it.writable(clients[i]);
        room[0] = std::byte{1};
        part.it.produced(clients[i], 1, net_.now);
    }
    net_.settle();
    EXPECT_EQ(resets(), 0U);
    EXPECT_EQ(owner().counter("hold.queued"), 0U);
}

TEST_P(shards_dvipa, a_port_outside_the_stride_is_given_back) {
    if (count() == 1) return;
    start({0}, true);
    auto& part = owner().at(1);
    part.source.later = true;
    auto const client = part.open();
    part.it.connect(client, {shard_group::host(1), 7}, net_.now);
    auto const question = part.source.questions.front();
    auto const stride = stride_of(service.host, {shard_group::host(1), 7}, owner().place(1));
    std::uint16_t wrong = 40000;
    while ((stride >> (wrong % 64) & 1U) != 0)
        ++wrong;
    part.it.port_resolved(question.ticket, {port_answer::granted, wrong}, net_.now);
    EXPECT_EQ(part.outcome(kind::connected, client),
              boost::system::errc::make_error_code(boost::system::errc::address_not_available));
    EXPECT_EQ(part.source.calls,
              (std::vector<std::string>{"allocate", "release " + std::to_string(wrong)}));
}

INSTANTIATE_TEST_SUITE_P(of_a_stack, shards_dvipa, ::testing::Values(1, 2, 4));

}  // namespace
}  // namespace stack
