// What the owner of a DVIPA knows of the connections that it has distributed.
#include "routing.hpp"

namespace stack {
namespace {

using namespace stack::testing;
using kind = event::kind;

class distribution : public routing {};

TEST_F(distribution, counts_the_connections_that_its_targets_and_itself_have) {
    auto const server = listen(0, at("10.9.9.9", 8080));
    listen(1, at("10.9.9.9", 8080));
    auto const active = [&] {
        std::vector<std::uint32_t> counts;
        n(0).it.each_destination(
            [&](destination_row const& row) { counts.push_back(row.active_connections); });
        return counts;
    };
    std::vector<socket_id> clients;
    for (int i = 0; i < 6; ++i) {
        clients.push_back(n(3).open());
        n(3).it.connect(clients.back(), at("10.9.9.9", 8080), lab_.now);
    }
    lab_.settle();
    EXPECT_EQ(active(), (std::vector<std::uint32_t>{3, 3, 0}));
    for (auto const each : clients)
        n(3).it.abort(each, lab_.now);
    lab_.settle();
    while (n(0).it.accept(server, 0)) {
    }
    lab_.settle();
    EXPECT_EQ(active(), (std::vector<std::uint32_t>{0, 0, 0}));
}

TEST_F(distribution, a_client_with_an_affinity_goes_to_the_same_target_until_its_time_is_over) {
    n(0).config.dvipas.front().distributions.front().affinity = std::chrono::seconds(30);
    n(0).configure();
    for (int i : {0, 1, 2})
        listen(i, at("10.9.9.9", 8080));
    auto const connect = [&] {
        auto const client = n(3).open();
        n(3).it.connect(client, at("10.9.9.9", 8080), lab_.now);
        lab_.settle();
        return client;
    };
    auto const total = [&] {
        std::vector<std::uint64_t> counts;
        n(0).it.each_destination(
            [&](destination_row const& row) { counts.push_back(row.total_connections); });
        return counts;
    };
    auto const first = connect();
    auto const second = connect();
    EXPECT_EQ(total(), (std::vector<std::uint64_t>{2, 0, 0}));
    n(3).it.abort(first, lab_.now);
    n(3).it.abort(second, lab_.now);
    lab_.settle();
    lab_.now += std::chrono::seconds(29);
    n(3).it.abort(connect(), lab_.now);
    lab_.settle();
    EXPECT_EQ(total(), (std::vector<std::uint64_t>{3, 0, 0}));
    lab_.now += std::chrono::seconds(31);
    connect();
    EXPECT_EQ(total(), (std::vector<std::uint64_t>{3, 1, 0}));
}

TEST_F(distribution, an_affinity_ends_with_its_connection_also_when_nothing_is_distributed_then) {
    auto& distributions = n(0).config.dvipas.front().distributions;
    distributions.front().affinity = std::chrono::seconds(30);
    n(0).configure();
    for (int i : {0, 1, 2})
        listen(i, at("10.9.9.9", 8080));
    auto const connect = [&] {
        auto const client = n(3).open();
        n(3).it.connect(client, at("10.9.9.9", 8080), lab_.now);
        lab_.settle();
        return client;
    };
    auto const first = connect();
    auto const before = distributions;
    distributions.clear();
    n(0).configure();
    n(3).it.abort(first, lab_.now);
    lab_.settle();
    distributions = before;
    n(0).configure();
    connect();
    std::vector<std::uint64_t> totals;
    n(0).it.each_destination(
        [&](destination_row const& row) { totals.push_back(row.total_connections); });
    EXPECT_EQ(totals, (std::vector<std::uint64_t>{1, 1, 0}));
}

TEST_F(distribution, quiesced_servers_get_no_more_connections_and_keep_those_they_have) {
    for (int i : {0, 1, 2})
        listen(i, at(i == 1 ? "0.0.0.0" : "10.9.9.9", 8080));
    std::vector<socket_id> clients;
    auto const after = [&](int connects) {
        for (int i = 0; i < connects; ++i) {
            clients.push_back(n(3).open());
            n(3).it.connect(clients.back(), at("10.9.9.9", 8080), lab_.now);
            lab_.settle();
        }
        std::vector<std::uint64_t> totals;
        n(0).it.each_destination(
            [&](destination_row const& row) { totals.push_back(row.total_connections); });
        return totals;
    };
    EXPECT_EQ(after(3), (std::vector<std::uint64_t>{1, 1, 1}));
    n(1).config.quiesced.ports = {8080};
    n(0).config.quiesced.all = true;
    n(1).configure();
    n(0).configure();
    lab_.settle();
    EXPECT_EQ(after(3), (std::vector<std::uint64_t>{1, 1, 4}));
    n(1).config.quiesced = {};
    n(1).configure();
    lab_.settle();
    EXPECT_EQ(after(2), (std::vector<std::uint64_t>{1, 2, 5}));
    for (auto const each : clients)
        EXPECT_FALSE(n(3).has(kind::failed, each));
}

TEST_F(distribution, knows_what_part_of_the_connections_arrives_at_a_target) {
    auto const server = listen(1, at("10.9.9.9", 8080));
    auto const arrived = [&] {
        std::vector<unsigned> parts;
        n(0).it.each_destination([&](destination_row const& row) {
            if (row.target == n(1).id()) parts = {row.arrived, row.responsiveness};
        });
        return parts;
    };
    auto const connect_each_second = [&](int seconds) {
        for (int i = 0; i < seconds; ++i) {
            n(3).it.connect(n(3).open(), at("10.9.9.9", 8080), lab_.now);
            lab_.settle();
            lab_.run(std::chrono::seconds(1));
            while (n(1).it.accept(server, 0)) {
            }
        }
    };
    connect_each_second(5);
    EXPECT_EQ(arrived(), (std::vector<unsigned>{100, 100}));
    n(0).carry_packets = false;  // what the owner sends to node 1 is lost
    connect_each_second(10);
    EXPECT_EQ(arrived(), (std::vector<unsigned>{0, 0}));
    n(0).carry_packets = true;
    connect_each_second(10);
    EXPECT_EQ(arrived(), (std::vector<unsigned>{100, 100}));
}

TEST_F(distribution, a_listener_counts_what_becomes_of_its_connections) {
    auto const server = listen(1, at("0.0.0.0", 8080));
    listen(1, at("0.0.0.0", 9090));  // is not distributed
    for (int i = 0; i < 12; ++i) {   // of 10
        n(3).it.connect(n(3).open(), at("10.9.9.9", 8080), lab_.now);
        lab_.settle();
    }
    auto const served = n(1).it.served();
    ASSERT_EQ(served.size(), 1U);
    EXPECT_EQ(served.begin()->first, at("10.9.9.9", 8080));
    auto counts = served.begin()->second;
    EXPECT_EQ(counts.established, 10U);
    EXPECT_EQ(counts.refused, 2U);
    EXPECT_EQ(counts.waiting, 10U);
    EXPECT_EQ(counts.backlog, 10U);
    EXPECT_EQ(counts.accepted, 0U);
    while (n(1).it.accept(server, 0)) {
    }
    counts = n(1).it.served().begin()->second;
    EXPECT_EQ(counts.accepted, 10U);
    EXPECT_EQ(counts.waiting, 0U);
}

}  // namespace
}  // namespace stack
