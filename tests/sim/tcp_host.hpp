// One side of a simulated transfer: an engine, its application and the books it keeps.
#pragma once

#include "stack/tcp/engine.hpp"
#include "tcp_wire.hpp"

#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace sim {

/// Deterministic randomness for an engine.
class seeded_entropy : public stack::entropy {
  public:
    explicit seeded_entropy(random_source& random) : random_(random) {}
    std::uint64_t next() override { return random_(); }

  private:
    random_source& random_;
};

/// What an application wants to do with its connection.
struct script {
    std::uint64_t to_send = 0;   ///< bytes, a pattern of their position
    std::uint64_t pattern = 0;   ///< seed of the pattern
    std::uint64_t expected = 0;  ///< bytes that the other side sends
    std::uint64_t peer_pattern = 0;
    std::size_t read_at_once = 0;  ///< greatest read; 0: everything there is
    unsigned lazy = 0;             ///< of 1000 events, how many find the application not reading
    bool in_order = true;          ///< nobody quits: the connection must end in order
    bool quits = false;   ///< abandons the connection after quit_after bytes, both ways counted
    bool aborts = false;  ///< quits with a reset
    std::uint64_t quit_after = 0;
};

class tcp_host : public stack::tcp::segment_sink, public stack::tcp::engine_observer {
  public:
    tcp_host(weather const& w, tcp_wire& out, script const& work, random_source& random);

    /// A line for each segment sent from here on; nothing if `out` is null.
    void trace_to(std::ostream* out, char const* name) {
        trace_ = out;
        name_ = name;
    }
    stack::tcp::engine& engine() { return engine_; }
    void connect(stack::four_tuple const& tuple, instant now);
    void listen(stack::endpoint const& local);
    /// Reads, checks and writes as much as it goes, then ends the burst.
    void work(instant now);
    bool finished() const { return finished_; }
    /// The application closes whatever there still is.
    void give_up(instant now);
    bool all_ended() const { return alive_.empty(); }
    /// The first thing that went wrong, if anything did.
    std::optional<std::string> const& trouble() const { return trouble_; }

    // segment_sink
    void send(stack::tcp::outgoing_segment const& segment) override;
    std::uint16_t path_mtu(stack::address const&, stack::address const&) const override;
    bool takes_super_segments() const override { return weather_.super_segments; }

    // engine_observer
    void opened(stack::four_tuple const& tuple, bool passive, std::uint32_t tag) override;
    void ended(stack::four_tuple const& tuple, bool passive, std::uint32_t tag) override;
    void connected(stack::tcp::connection_id id, std::uint32_t tag) override;
    void acceptable(stack::tcp::listener_id id, std::uint32_t tag) override;
    void readable(stack::tcp::connection_id, std::uint32_t) override { readable_ = true; }
    void writable(stack::tcp::connection_id, std::uint32_t) override { writable_ = true; }
    void failed(stack::tcp::connection_id, std::uint32_t, boost::system::error_code error) override;
    void finished(stack::tcp::connection_id, std::uint32_t) override { over_ = true; }

  private:
    void complain(std::string text);
    bool time_to_quit() const;
    void quit(instant now);
    void read(instant now);
    void write(instant now);
    void trace(stack::tcp::outgoing_segment const& segment) const;
    void check_edge(stack::tcp::outgoing_segment const& segment);

    weather const& weather_;
    tcp_wire& out_;
    script work_;
    random_source& random_;
    seeded_entropy entropy_;
    stack::tcp::engine engine_;

    std::optional<stack::tcp::connection_id> connection_;
    std::optional<stack::tcp::listener_id> listener_;
    bool acceptable_ = false;
    bool established_ = false;
    bool readable_ = false;
    bool writable_ = false;
    bool shut_ = false;
    bool over_ = false;
    bool finished_ = false;
    std::uint64_t sent_ = 0;
    std::uint64_t received_ = 0;
    std::optional<std::uint32_t> edge_;
    std::uint8_t scale_ = 0;
    instant now_{};
    std::map<stack::four_tuple, int> alive_;
    std::optional<std::string> trouble_;
    std::ostream* trace_ = nullptr;
    char const* name_ = "";
};

}  // namespace sim
