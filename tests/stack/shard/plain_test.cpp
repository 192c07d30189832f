// Stacks without shared addresses: echo, connections, loopback, errors.
#include "lab_nodes.hpp"
#include "stack/wire/ecn.hpp"
#include "stack/wire/tcp.hpp"

#include <gtest/gtest.h>

namespace stack {
namespace {

using namespace stack::testing;
using kind = event::kind;
namespace errc = boost::system::errc;

class plain : public ::testing::Test {
  protected:
    plain() {
        lab_.add();
        lab_.add();
        lab_.start();
    }
    node& a() { return *lab_.nodes[0]; }
    node& b() { return *lab_.nodes[1]; }

    socket_id listener(node& on, endpoint const& where) {
        auto const s = on.open("SERVER");
        on.it.bind(s, where, lab_.now);
        EXPECT_FALSE(on.expect(kind::bound, s).error);
        on.it.listen(s, 10, lab_.now);
        EXPECT_FALSE(on.expect(kind::listening, s).error);
        return s;
    }
    void write(node& on, socket_id s, std::string_view text) {
        auto const room = on.it.writable(s);
        ASSERT_GE(room.size(), text.size());
        std::memcpy(room.data(), text.data(), text.size());
        on.it.produced(s, text.size(), lab_.now);
        lab_.settle();
    }
    std::string read(node& on, socket_id s) {
        std::string out;
        for (auto piece : on.it.readable(s))
            out.append(reinterpret_cast<char const*>(piece.data()), piece.size());
        on.it.consume(s, out.size(), lab_.now);
        return out;
    }

    lab lab_;
};

TEST_F(plain, an_echo_request_comes_back_as_it_was) {
    auto const data = pattern(1000);
    a().it.receive(1, icmp(addr("10.0.0.9"), addr("10.0.0.1"), 8, 0, 0x12340001, data), {},
                   lab_.now);
    ASSERT_EQ(a().sent.size(), 1U);
    auto expected = icmp(addr("10.0.0.1"), addr("10.0.0.9"), 0, 0, 0x12340001, data);
    EXPECT_EQ(bytes(a().sent[0].data.begin() + 20, a().sent[0].data.end()),
              bytes(expected.begin() + 20, expected.end()));
}

// rfc: 3168-6.1.3
TEST_F(plain, a_mark_of_the_network_on_data_is_echoed_to_its_sender) {
    auto const server = listener(b(), at("0.0.0.0", 7));
    auto const client = a().open();
    a().it.connect(client, at("10.0.0.2", 7), lab_.now);
    lab_.settle();
    ASSERT_FALSE(a().expect(kind::connected, client).error);
    b().expect(kind::acceptable, server);
    auto const room = a().it.writable(client);
    ASSERT_FALSE(room.empty());
    a().it.produced(client, 1, lab_.now);
    a().sent.clear();
    a().it.advance(lab_.now);
    ASSERT_EQ(a().sent.size(), 1U);
    bytes packet = a().sent[0].data;
    EXPECT_EQ(wire::ipv4_view(packet).ecn(), wire::ecn_capable);
    packet[1] = std::byte{wire::ecn_congested};
    store_be16(packet.data() + 10, 0);
    wire::checksum sum;
    sum.add(std::span(packet).first(20));
    store_be16(packet.data() + 10, sum.value());
    b().sent.clear();
    b().it.receive(1, packet, a().sent[0].meta, lab_.now);
    b().it.advance(lab_.now);
    ASSERT_EQ(b().sent.size(), 1U);
    EXPECT_NE(std::to_integer<unsigned>(b().sent[0].data[20 + 13]) & wire::tcp_flag::ece, 0U);
}

TEST_F(plain, two_stacks_talk_and_part_in_order) {
    auto const server = listener(b(), at("0.0.0.0", 7));
    auto const client = a().open();
    a().it.connect(client, at("10.0.0.2", 7), lab_.now);
    lab_.settle();
    ASSERT_FALSE(a().expect(kind::connected, client).error);
    b().expect(kind::acceptable, server);
    auto const taken = b().it.accept(server, 99).value();
    write(a(), client, "hello");
    EXPECT_EQ(b().expect(kind::readable, taken).cookie, 99U);
    EXPECT_EQ(read(b(), taken), "hello");
    write(b(), taken, "world");
    EXPECT_EQ(read(a(), client), "world");
    a().it.shutdown_send(client, lab_.now);
    lab_.settle();
    EXPECT_TRUE(b().it.at_end(taken));
    b().it.shutdown_send(taken, lab_.now);
    lab_.settle();
    b().expect(kind::finished, taken);
    a().expect(kind::finished, client);
    EXPECT_FALSE(a().it.tuple(client));
    EXPECT_EQ(a().it.ports_in_use(addr("10.0.0.1")).size(), 1U) << "TIME-WAIT holds the port";
    lab_.run(std::chrono::minutes(3));
    EXPECT_TRUE(a().it.ports_in_use(addr("10.0.0.1")).empty());
}

TEST_F(plain, finished_waits_until_the_user_has_read_to_the_end) {
    auto const server = listener(b(), at("10.0.0.2", 7));
    auto const client = a().open();
    a().it.connect(client, at("10.0.0.2", 7), lab_.now);
    lab_.settle();
    auto const taken = b().it.accept(server, 0).value();
    b().it.shutdown_send(taken, lab_.now);
    lab_.settle();
    write(a(), client, "last words");
    a().it.shutdown_send(client, lab_.now);
    lab_.settle();
    EXPECT_FALSE(b().has(kind::finished, taken));
    EXPECT_EQ(read(b(), taken), "last words");
    lab_.settle();
    b().expect(kind::finished, taken);
}

TEST_F(plain, a_connect_to_a_closed_port_is_refused) {
    auto const client = a().open();
    a().it.connect(client, at("10.0.0.2", 7), lab_.now);
    lab_.settle();
    EXPECT_EQ(a().expect(kind::connected, client).error,
              errc::make_error_code(errc::connection_refused));
    EXPECT_TRUE(a().it.ports_in_use(addr("10.0.0.1")).empty());
    a().it.close(client, lab_.now);
}

TEST_F(plain, a_connect_to_nowhere_takes_no_port) {
    a().config.routes.clear();
    a().configure();
    auto const client = a().open();
    a().it.connect(client, at("10.0.0.2", 7), lab_.now);
    EXPECT_EQ(a().expect(kind::connected, client).error,
              errc::make_error_code(errc::network_unreachable));
}

TEST_F(plain, a_stack_talks_to_itself_without_a_packet_leaving) {
    auto const server = listener(a(), at("0.0.0.0", 7));
    for (auto const* host : {"127.0.0.1", "10.0.0.1"}) {
        auto const client = a().open();
        a().it.connect(client, at(host, 7), lab_.now);
        lab_.settle();
        ASSERT_FALSE(a().expect(kind::connected, client).error) << host;
        auto const taken = a().it.accept(server, 0).value();
        write(a(), client, "hello");
        EXPECT_EQ(read(a(), taken), "hello");
        EXPECT_EQ(a().it.tuple(taken)->remote.host, addr(host));
    }
    EXPECT_TRUE(a().sent.empty());
}

TEST_F(plain, data_before_accept_is_told_after_it) {
    auto const server = listener(b(), at("10.0.0.2", 7));
    auto const client = a().open();
    a().it.connect(client, at("10.0.0.2", 7), lab_.now);
    lab_.settle();
    write(a(), client, "early");
    auto const taken = b().it.accept(server, 0).value();
    b().expect(kind::readable, taken);
    EXPECT_EQ(read(b(), taken), "early");
}

TEST_F(plain, stale_sockets_are_harmless) {
    auto const s = a().open();
    a().it.close(s, lab_.now);
    a().it.bind(s, at("10.0.0.1", 1), lab_.now);
    a().it.connect(s, at("10.0.0.2", 1), lab_.now);
    a().it.listen(s, 1, lab_.now);
    a().it.close(s, lab_.now);
    a().it.abort(s, lab_.now);
    a().it.consume(s, 0, lab_.now);
    EXPECT_TRUE(a().it.readable(s).empty());
    EXPECT_TRUE(a().it.writable(s).empty());
    EXPECT_FALSE(a().it.accept(s, 0));
    EXPECT_TRUE(a().it.events().empty());
}

TEST_F(plain, a_job_name_has_one_to_eight_characters) {
    EXPECT_FALSE(a().it.open("", 0));
    EXPECT_FALSE(a().it.open("NINECHARS", 0));
    EXPECT_TRUE(a().it.open("EIGHTCHR", 0));
}

TEST_F(plain, a_large_transfer_arrives_whole) {
    auto const server = listener(b(), at("10.0.0.2", 7));
    auto const client = a().open();
    a().it.connect(client, at("10.0.0.2", 7), lab_.now);
    lab_.settle();
    auto const taken = b().it.accept(server, 0).value();
    auto const data = pattern(3'000'000);
    std::size_t produced = 0;
    bytes got;
    for (int round = 0; round < 10'000 && got.size() < data.size(); ++round) {
        for (auto room = a().it.writable(client); !room.empty() && produced < data.size();
             room = a().it.writable(client)) {
            std::size_t const count = std::min(room.size(), data.size() - produced);
            std::memcpy(room.data(), data.data() + produced, count);
            a().it.produced(client, count, lab_.now);
            produced += count;
        }
        lab_.run(std::chrono::milliseconds(1));
        for (auto pieces = b().it.readable(taken); !pieces.empty();
             pieces = b().it.readable(taken)) {
            auto const part = joined(pieces);
            got.insert(got.end(), part.begin(), part.end());
            b().it.consume(taken, part.size(), lab_.now);
        }
        a().events();
        b().events();
    }
    EXPECT_TRUE(got == data);
    bool super = false;
    for (auto const& packet : a().sent)
        super = super || packet.meta.kind == offload::segmentation::tcp4;
    EXPECT_TRUE(super);
}

}  // namespace
}  // namespace stack
