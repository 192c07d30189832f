// A shard beside the first, on a thread of its own.
#pragma once

#include "daemon/device/device_set.hpp"
#include "daemon/loop/post_office.hpp"
#include "daemon/loop/random_source.hpp"
#include "daemon/loop/shard_loop.hpp"
#include "daemon/service/misc_server.hpp"
#include "stack/shard/environment.hpp"
#include "stack/socket/port_source.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <thread>

namespace tcpplexd {

/// Stacks of several shards have no dynamic VIPAs (node::unsupported): nothing is forwarded to
/// other stacks, and no port comes from the facility.
class further_shard : public stack::environment, public stack::port_source {
  public:
    /// Not before start() does anything happen on its thread.
    further_shard(stack::placement const& place, shard_loop& first, post_office& office);
    ~further_shard() override;

    shard_loop& loop() { return loop_; }
    misc_server& services() { return services_; }
    /// `devices` outlive the thread.
    void start(device_set& devices);
    /// Ends the thread; no shard_loop::run() from here on.
    void stop();

    // ---- stack::environment ----
    void transmit(std::size_t index, stack::fragments const& packet,
                  stack::offload const& meta) override;
    void hand_over(std::size_t shard, stack::member_id from, std::span<std::byte const> packet,
                   stack::offload const& meta) override;
    void forward(stack::member_id, stack::fragments const&, stack::offload const&) override {}
    void notify(stack::member_id, stack::connection_notice const&) override {}
    stack::port_holder who_holds(stack::four_tuple const&) override { return {}; }

    // ---- stack::port_source ----
    stack::port_reply allocate(stack::address const&, stack::endpoint const&,
                               stack::port_set const&, stack::port_ticket) override {
        return {};
    }
    stack::port_reply claim(stack::address const&, std::uint16_t, stack::port_ticket) override {
        return {};
    }
    stack::port_reply serve(stack::address const&, std::uint16_t, stack::port_ticket) override {
        return {};
    }
    void release(stack::address const&, std::uint16_t) override {}
    void opened(stack::four_tuple const&, bool) override {}
    void ended(stack::four_tuple const&) override {}
    void unserve(stack::address const&, std::uint16_t) override {}

  private:
    std::size_t index_;
    post_office& office_;
    device_set* devices_ = nullptr;
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open_;
    random_source random_;
    stack::shard core_;
    shard_loop loop_;
    misc_server services_;
    mail_reader mail_;
    std::thread thread_;
};

}  // namespace tcpplexd
