// A transfer in steady state allocates nothing.
#include "allocations.hpp"
#include "fixture.hpp"

#include <algorithm>

namespace tcp_test {

namespace {

class silent_sink : public segment_sink {
  public:
    void send(outgoing_segment const& segment) override {
        auto const parsed = stack::wire::parse_tcp(segment.header);
        if (parsed->header.has(stack::wire::tcp_flag::syn)) iss = parsed->header.sequence;
        bytes += static_cast<std::uint32_t>(segment.payload.bytes());
    }
    std::uint16_t path_mtu(address const&, address const&) const override { return 1500; }
    bool takes_super_segments() const override { return true; }
    std::uint32_t iss = 0;
    std::uint32_t bytes = 0;
};

class silent_observer : public engine_observer {
  public:
    void opened(stack::four_tuple const&, bool, std::uint32_t) override {}
    void ended(stack::four_tuple const&, bool, std::uint32_t) override {}
    void connected(connection_id, std::uint32_t) override {}
    void acceptable(listener_id, std::uint32_t) override {}
    void readable(connection_id, std::uint32_t) override {}
    void writable(connection_id, std::uint32_t) override {}
    void failed(connection_id, std::uint32_t, boost::system::error_code) override {}
    void finished(connection_id, std::uint32_t) override {}
};

class fixed_entropy : public stack::entropy {
  public:
    std::uint64_t next() override { return 4; }
};

class quiet_peer {
  public:
    quiet_peer() : tcp_(sink_, observer_, random_) {
        id_ = *tcp_.connect({{address::v4(1), 1}, {address::v4(2), 2}}, 0, now_);
        tcp_.advance(now_);
        send(stack::wire::tcp_flag::syn | stack::wire::tcp_flag::ack, 0);
    }
    // Sends and receives `size` bytes each way, with a hole filled later on the way in.
    void exchange(std::uint32_t size) {
        for (std::uint32_t done = 0; done < size;) {
            auto const room = tcp_.writable(id_);
            if (room.empty()) break;
            tcp_.produced(id_, room.size(), now_);
            done += static_cast<std::uint32_t>(room.size());
        }
        tcp_.advance(now_);
        irs_ += 1000;
        send(stack::wire::tcp_flag::ack, 1000);
        irs_ -= 1000;
        send(stack::wire::tcp_flag::ack, 1000);
        irs_ += 2000;
        for (auto const piece : tcp_.readable(id_))
            tcp_.consume(id_, piece.size(), now_);
        now_ += 1ms;
        tcp_.advance(now_);
    }
    std::uint64_t received() const { return tcp_.counters()[counter::bytes_in]; }
    std::uint32_t sent() const { return sink_.bytes; }

  private:
    void send(unsigned flags, std::uint32_t length) {
        stack::wire::tcp_header header;
        header.source_port = 2;
        header.destination_port = 1;
        header.sequence = irs_;
        header.acknowledgment = sink_.iss + 1 + sink_.bytes;
        header.flags = static_cast<std::uint8_t>(flags);
        header.window = 65535;
        stack::wire::tcp_header_bytes const head(header);
        std::copy(head.bytes().begin(), head.bytes().end(), packet_.begin());
        std::span<std::byte const> const bytes(packet_.data(), head.bytes().size() + length);
        tcp_.input({address::v4(2), address::v4(1), bytes, 0}, now_);
        tcp_.advance(now_);
        if (length == 0) irs_ += 1;
    }

    silent_sink sink_;
    silent_observer observer_;
    fixed_entropy random_;
    engine tcp_;
    connection_id id_;
    instant now_{1h};
    std::uint32_t irs_ = 1;
    std::array<std::byte, 2000> packet_{};
};

}  // namespace

TEST(steady_state, a_transfer_allocates_nothing) {
    quiet_peer peer;
    for (int i = 0; i < 20; ++i)
        peer.exchange(50'000);
    auto const received = peer.received();
    auto const sent = peer.sent();
    std::size_t const before = allocations;
    for (int i = 0; i < 100; ++i)
        peer.exchange(50'000);
    EXPECT_EQ(allocations, before);
    EXPECT_EQ(peer.received() - received, 200'000U);
    EXPECT_GT(peer.sent() - sent, 4'000'000U);
}

}  // namespace tcp_test
