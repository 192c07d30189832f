// OPTLOCAL: what a target itself connects to.
#include "routing.hpp"

#include <gtest/gtest.h>

namespace stack {
namespace {

using namespace stack::testing;
using kind = event::kind;

/// Nodes 0 (the owner), 1 and 2 all serve port 8080.
class opt_local : public routing {
  protected:
    opt_local() {
        for (int i = 0; i < 3; ++i)
            servers_[static_cast<std::size_t>(i)] = listen(i, at("10.9.9.9", 8080));
        clear();
    }
    void set(std::optional<std::uint8_t> value,
             distribution_method method = distribution_method::round_robin) {
        for (int i = 0; i < 3; ++i) {
            auto& rule = n(i).config.dvipas[0].distributions[0];
            rule.opt_local = value;
            rule.method = method;
            n(i).configure();
        }
    }
    /// Connects so often from a node; how many of these each has accepted.
    std::array<int, 3> connect(int from, int times) {
        for (int i = 0; i < times; ++i) {
            auto const s = n(from).open();
            n(from).it.connect(s, at("10.9.9.9", 8080), lab_.now);
            lab_.settle();
            EXPECT_FALSE(n(from).expect(kind::connected, s).error);
        }
        std::array<int, 3> accepted{};
        for (int i = 0; i < 3; ++i)
            while (n(i).it.accept(servers_[static_cast<std::size_t>(i)], 0))
                ++accepted[static_cast<std::size_t>(i)];
        return accepted;
    }
    std::array<socket_id, 3> servers_{};
};

TEST_F(opt_local, off_leaves_the_choice_to_the_owner) {
    EXPECT_EQ(connect(1, 6), (std::array{2, 2, 2}));
}

TEST_F(opt_local, keeps_connections_of_a_target_and_of_the_owner_where_they_are) {
    for (unsigned const value : {0U, 1U, 2U}) {  // round robin has no weights to multiply
        set(static_cast<std::uint8_t>(value));
        EXPECT_EQ(connect(1, 3), (std::array{0, 3, 0})) << value;
        EXPECT_EQ(connect(0, 3), (std::array{3, 0, 0})) << value;
    }
    // The owner knows of them all the same.
    int rows = 0;
    n(0).it.each_route([&](routing_row const& row) { rows += row.holder == n(1).id() ? 1 : 0; });
    EXPECT_GE(rows, 9);
}

TEST_F(opt_local, is_no_matter_of_clients_elsewhere) {
    set(0);
    EXPECT_EQ(connect(3, 6), (std::array{2, 2, 2}));
}

TEST_F(opt_local, asks_the_owner_where_no_server_can_take_it) {
    set(0);
    n(1).it.close(servers_[1], lab_.now);
    lab_.settle();
    EXPECT_EQ(connect(1, 4), (std::array{2, 0, 2}));
    servers_[1] = listen(1, at("10.9.9.9", 8080));
    n(1).config.quiesced.all = true;
    n(1).configure();
    lab_.settle();
    EXPECT_EQ(connect(1, 4), (std::array{2, 0, 2}));
}

TEST_F(opt_local, of_a_full_backlog_asks_the_owner) {
    set(1);
    for (int i = 0; i < 12; ++i) {  // of 10
        n(1).it.connect(n(1).open(), at("10.9.9.9", 8080), lab_.now);
        lab_.settle();
    }
    int elsewhere = 0;
    for (std::size_t i : {0U, 2U})
        while (n(static_cast<int>(i)).it.accept(servers_[i], 0))
            ++elsewhere;
    EXPECT_GE(elsewhere, 1);
    EXPECT_LE(elsewhere, 2);
}

TEST_F(opt_local, with_a_weight_of_nothing_asks_the_owner) {
    for (int i = 0; i < 3; ++i)
        n(i).config.dvipas[0].distributions[0].targets[1].weight = 0;
    set(1, distribution_method::weighted_active);
    EXPECT_EQ(connect(1, 4), (std::array{2, 0, 2}));
}

TEST_F(opt_local, multiplies_the_weight_of_the_target_that_connects) {
    set(4, distribution_method::weighted_active);
    EXPECT_EQ(connect(1, 6), (std::array{1, 4, 1}));
}

TEST_F(opt_local, carries_data_within_the_stack) {
    set(0);
    auto const client = n(1).open();
    n(1).it.connect(client, at("10.9.9.9", 8080), lab_.now);
    lab_.settle();
    ASSERT_FALSE(n(1).expect(kind::connected, client).error);
    clear();
    auto const taken = n(1).it.accept(servers_[1], 0).value();
    n(1).it.writable(client)[0] = std::byte{'x'};
    n(1).it.produced(client, 1, lab_.now);
    lab_.settle();
    EXPECT_EQ(n(1).it.readable(taken).bytes(), 1U);
    EXPECT_TRUE(n(1).sent.empty());
}

}  // namespace
}  // namespace stack
