// An engine with an application that sends, or takes, as much as it can.
#pragma once

#include "stack/tcp/engine.hpp"
#include "tcp_host.hpp"

#include <functional>
#include <optional>
#include <string>

namespace sim {

/// Connects and sends `to_send` bytes, or listens and reads until the end; then closes.
class bulk_host : public stack::tcp::segment_sink, public stack::tcp::engine_observer {
  public:
    using sender = std::function<void(stack::tcp::outgoing_segment const&)>;

    /// `out` gets what the engine sends, inside of calls to this object.
    bulk_host(stack::tcp_settings const& settings, std::uint16_t mtu, sender out,
              random_source& random);

    void connect(stack::four_tuple const& tuple, std::uint64_t to_send, instant now);
    void listen(stack::endpoint const& local);
    /// Reads and writes as much as it goes, and ends the burst.
    void work(instant now);

    stack::tcp::engine& engine() { return engine_; }
    std::uint64_t received() const { return received_; }
    /// Nothing is left to do for the application.
    bool finished() const { return finished_; }
    /// The first thing that went wrong, if anything did.
    std::optional<std::string> const& trouble() const { return trouble_; }

    // segment_sink
    void send(stack::tcp::outgoing_segment const& segment) override { out_(segment); }
    std::uint16_t path_mtu(stack::address const&, stack::address const&) const override {
        return mtu_;
    }
    bool takes_super_segments() const override { return true; }

    // engine_observer
    void opened(stack::four_tuple const&, bool, std::uint32_t) override {}
    void ended(stack::four_tuple const&, bool, std::uint32_t) override {}
    void connected(stack::tcp::connection_id, std::uint32_t) override { writable_ = true; }
    void acceptable(stack::tcp::listener_id id, std::uint32_t) override { waiting_ = id; }
    void readable(stack::tcp::connection_id, std::uint32_t) override { readable_ = true; }
    void writable(stack::tcp::connection_id, std::uint32_t) override { writable_ = true; }
    void failed(stack::tcp::connection_id, std::uint32_t, boost::system::error_code error) override;
    void finished(stack::tcp::connection_id, std::uint32_t) override { over_ = true; }

  private:
    void complain(std::string text);
    void read(instant now);
    void write(instant now);

    std::uint16_t mtu_;
    sender out_;
    seeded_entropy entropy_;
    stack::tcp::engine engine_;
    std::optional<stack::tcp::connection_id> connection_;
    std::optional<stack::tcp::listener_id> waiting_;
    std::uint64_t to_send_ = 0;
    std::uint64_t sent_ = 0;
    std::uint64_t received_ = 0;
    bool readable_ = false;
    bool writable_ = false;
    bool shut_ = false;
    bool over_ = false;
    bool finished_ = false;
    std::optional<std::string> trouble_;
};

}  // namespace sim
