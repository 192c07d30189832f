// An engine, its user and the wire to its scripted peer.
#pragma once

#include "run/segment.hpp"
#include "stack/tcp/engine.hpp"

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace packets {

struct sent {
    stack::instant at;
    packets::segment segment;
};

/// What the engine has told its user: "connected", "failed ECONNRESET", ...
struct event {
    stack::instant at;
    std::string what;
};

/// Calls that are no use in a script throw std::runtime_error.
class host : public stack::tcp::segment_sink,
             public stack::tcp::engine_observer,
             public stack::entropy {
  public:
    host();

    /// Runs what is due until `time`, at most until something is sent or told if `one` is set.
    void advance(stack::instant time, bool one = false);
    stack::instant now() const { return now_; }

    void set(std::string const& name, std::uint64_t value);
    void arrives(segment const& s);
    void unreachable(std::string const& kind, std::uint16_t mtu,
                     std::optional<std::uint32_t> quoted);
    void does(std::vector<std::string> const& words);
    std::uint64_t counted(std::string const& name) const;
    /// "ESTABLISHED", ...; CLOSED if nothing of the 4-tuple is left.
    std::string state() const;
    std::optional<std::string_view> broken_invariant() const { return tcp_->broken_invariant(); }

    std::deque<sent> out;
    std::deque<event> told;

  private:
    void listen(std::uint64_t backlog);
    void connect();
    void accept();
    void write(std::uint64_t count);
    void read(std::uint64_t count);
    void expect_end();
    stack::tcp::connection_id id() const;
    void tell(std::string what) { told.push_back({now_, std::move(what)}); }

    void send(stack::tcp::outgoing_segment const& s) override;
    void send_one(stack::tcp::outgoing_segment const& whole, std::uint32_t seq_offset,
                  std::span<std::byte const> text, bool last);
    std::uint16_t path_mtu(stack::address const&, stack::address const&) const override {
        return mtu_;
    }
    bool takes_super_segments() const override { return super_segments_; }
    void opened(stack::four_tuple const&, bool, std::uint32_t) override {}
    void ended(stack::four_tuple const&, bool, std::uint32_t) override {}
    void connected(stack::tcp::connection_id, std::uint32_t) override { tell("connected"); }
    void acceptable(stack::tcp::listener_id, std::uint32_t) override { tell("acceptable"); }
    void readable(stack::tcp::connection_id, std::uint32_t) override { tell("readable"); }
    void writable(stack::tcp::connection_id, std::uint32_t) override { tell("writable"); }
    void failed(stack::tcp::connection_id, std::uint32_t, boost::system::error_code why) override;
    void finished(stack::tcp::connection_id, std::uint32_t) override { tell("finished"); }
    std::uint64_t next() override { return random_ = random_ * 6364136223846793005 + 1; }

    stack::tcp_settings settings_;
    stack::tcp::connection_options options_;
    stack::four_tuple tuple_;
    std::uint16_t mtu_ = 1500;
    bool super_segments_ = false;
    std::optional<stack::tcp::engine> tcp_;
    stack::instant now_{std::chrono::hours(1)};
    std::optional<stack::tcp::listener_id> listener_;
    std::optional<stack::tcp::connection_id> connection_;
    std::uint32_t written_ = 1;  ///< the next byte's number
    std::uint32_t read_ = 1;
    std::uint32_t iss_ = 0;  ///< the stack's, of the last SYN sent
    std::uint32_t last_seq_ = 0;
    std::optional<std::uint32_t> first_stamp_;
    std::uint16_t peer_window_ = 65535;
    std::uint64_t random_ = 1;
};

}  // namespace packets
