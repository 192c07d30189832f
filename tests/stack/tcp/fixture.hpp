// An engine and a scripted peer: send a segment, expect exactly these segments in answer.
#pragma once

#include "stack/tcp/engine.hpp"
#include "stack/wire/tcp.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tcp_test {

using namespace std::chrono_literals;
using namespace stack::tcp;
using stack::address;
using stack::duration;
using stack::instant;

/// A segment the engine sent. Numbers are relative to the initial ones, so a SYN is 0 and the first
/// byte 1.
struct sent {
    std::string flags;  ///< of "FSRPA", in this order, without P
    std::uint32_t seq = 0;
    std::uint32_t ack = 0;
    std::string text;
    std::uint16_t window = 0;
    std::uint16_t gso_size = 0;
    stack::wire::tcp_options options;
};

/// What a test's peer sends, where it matters.
struct extras {
    std::uint16_t window = 8192;
    std::uint16_t gso_size = 0;
    stack::wire::tcp_options options;
};

class tcp_fixture : public testing::Test,
                    public segment_sink,
                    public engine_observer,
                    public stack::entropy {
  protected:
    tcp_fixture();
    /// A test ends with everything it sent or was told looked at, and the engine's rules unbroken.
    void TearDown() override;

    // ---- the peer ----
    /// A segment arrives and its burst ends. `seq` and `ack` relative.
    void send(std::string_view flags, std::uint32_t seq, std::uint32_t ack,
              std::string_view text = {}, extras const& more = {});
    /// It arrives, but the burst goes on.
    void put(std::string_view flags, std::uint32_t seq, std::uint32_t ack,
             std::string_view text = {}, extras const& more = {});
    /// The next segment sent must look like this; returned for a closer look.
    sent recv(std::string_view flags, std::uint32_t seq, std::uint32_t ack,
              std::string_view text = {});
    void recv_nothing();
    void wait(duration time);
    /// Everything sent so far is of no interest.
    void forget() { sent_.clear(); }
    /// Events so far, "connected readable ...", and forgets them.
    std::string told();

    // ---- connections in a state; the peer has mss 1000, no scaling unless said so ----
    connection_id syn_sent();
    connection_id established(extras const& peer = {.window = 8192,
                                                    .gso_size = 0,
                                                    .options = {.mss = 1000,
                                                                .window_scale = {},
                                                                .sack_permitted = false,
                                                                .timestamps = {},
                                                                .sacks = {}}});
    connection_id passively_established();
    listener_id listening(std::uint16_t backlog = 4);
    connection_id fin_wait_1();
    connection_id fin_wait_2();
    connection_id close_wait();
    void time_wait();

    // ---- the user ----
    void write(connection_id id, std::string_view text);
    std::string read(connection_id id);
    void shut(connection_id id);
    void close(connection_id id);

    stack::tcp_settings settings;
    instant now{1h};
    stack::endpoint local{address::v4(0x0a000001), 4000};
    stack::endpoint remote{address::v4(0x0a000002), 80};
    std::uint16_t mtu = 1500;
    bool super_segments = true;
    bool unseen = true;  ///< SYN cookies may be used
    std::optional<engine> tcp;
    std::uint32_t irs = 0xfffffff0;  ///< the peer's; it wraps soon
    std::uint32_t iss = 0;           ///< ours, from the last SYN sent
    int alive = 0;                   ///< opened() without ended()
    std::deque<sent> sent_;

  private:
    void send(outgoing_segment const& segment) override;
    std::uint16_t path_mtu(address const&, address const&) const override { return mtu; }
    bool takes_super_segments() const override { return super_segments; }
    void opened(stack::four_tuple const&, bool, std::uint32_t) override { ++alive; }
    void ended(stack::four_tuple const&, bool, std::uint32_t) override { --alive; }
    bool may_open_unseen(stack::four_tuple const&) const override { return unseen; }
    void connected(connection_id, std::uint32_t) override { tell("connected"); }
    void acceptable(listener_id, std::uint32_t) override { tell("acceptable"); }
    void readable(connection_id, std::uint32_t) override { tell("readable"); }
    void writable(connection_id, std::uint32_t) override { tell("writable"); }
    void failed(connection_id, std::uint32_t, boost::system::error_code error) override;
    void finished(connection_id, std::uint32_t) override { tell("finished"); }
    std::uint64_t next() override { return random_ = random_ * 6364136223846793005 + 1; }
    void tell(std::string_view what);

    std::string told_;
    std::uint64_t random_ = 1;
};

/// Flags as letters; P is left out unless asked for.
std::uint8_t flags_from(std::string_view letters);

}  // namespace tcp_test
