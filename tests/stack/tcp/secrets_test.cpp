// Stacks that have the same secrets: a 4-tuple goes on where the other stack left it.
#include "fixture.hpp"

namespace tcp_test {

namespace {

using stack::four_tuple;

/// Unlike that of any other stack.
class own_entropy final : public stack::entropy {
  public:
    explicit own_entropy(std::uint64_t start) : next_(start) {}
    std::uint64_t next() override { return next_ *= 0x9e3779b97f4a7c15U; }

  private:
    std::uint64_t next_;
};

/// Opens connections, and keeps the last SYN.
class opener final : public segment_sink, public engine_observer {
  public:
    /// `boot`: the common time at which its own clock showed 0.
    opener(std::uint64_t entropy, duration boot) : random_(entropy), boot_(boot) {}
    void agree() { tcp_.use({{1, 2}, {3, 4}, boot_}); }
    void connect(four_tuple const& tuple, duration at) {
        auto const now = instant(at - boot_);
        auto const id = tcp_.connect(tuple, 0, now);
        tcp_.advance(now);
        tcp_.abort(*id, now);
    }
    std::uint32_t seq = 0, stamp = 0;

    void send(outgoing_segment const& segment) override {
        auto const parsed = stack::wire::parse_tcp(segment.header);
        if (!parsed->header.has(stack::wire::tcp_flag::syn)) return;
        seq = parsed->header.sequence;
        stamp = parsed->header.options.timestamps.value().value;
    }
    std::uint16_t path_mtu(address const&, address const&) const override { return 1500; }
    bool takes_super_segments() const override { return false; }
    void opened(four_tuple const&, bool, std::uint32_t) override {}
    void ended(four_tuple const&, bool, std::uint32_t) override {}
    void connected(connection_id, std::uint32_t) override {}
    void acceptable(listener_id, std::uint32_t) override {}
    void readable(connection_id, std::uint32_t) override {}
    void writable(connection_id, std::uint32_t) override {}
    void failed(connection_id, std::uint32_t, boost::system::error_code) override {}
    void finished(connection_id, std::uint32_t) override {}

  private:
    own_entropy random_;
    duration boot_;
    engine tcp_{*this, *this, random_};
};

four_tuple const tuple{{address::v4(0x0a010909), 40000}, {address::v4(0xc0000201), 80}};
four_tuple const other{{address::v4(0x0a010909), 40001}, {address::v4(0xc0000201), 80}};

}  // namespace

TEST(tcp_secrets, make_numbers_go_on_from_one_stack_to_the_other) {
    opener first(3, 100s), second(5, 7000s);
    first.agree();
    second.agree();
    first.connect(tuple, 10000s);
    second.connect(tuple, 10002s);
    EXPECT_EQ(second.seq - first.seq, 500'000U);  // RFC 6528 3: a clock of 4 microseconds
    EXPECT_EQ(second.stamp - first.stamp, 2000U);
    first.connect(tuple, 10003s);
    EXPECT_EQ(first.seq - second.seq, 250'000U);
    EXPECT_EQ(first.stamp - second.stamp, 1000U);
}

TEST(tcp_secrets, tell_nothing_about_other_connections) {
    opener first(3, 0s), second(5, 0s);
    first.agree();
    second.agree();
    first.connect(tuple, 10000s);
    second.connect(other, 10000s);
    EXPECT_NE(first.seq, second.seq);
    EXPECT_NE(first.stamp, second.stamp);
}

TEST(tcp_secrets, are_each_stack_s_own_if_they_agree_on_none) {
    opener first(3, 0s), second(5, 0s);
    first.connect(tuple, 10000s);
    second.connect(tuple, 10000s);
    EXPECT_NE(first.seq, second.seq);
    EXPECT_NE(first.stamp, second.stamp);
}

}  // namespace tcp_test
