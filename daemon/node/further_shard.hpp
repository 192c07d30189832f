// A shard beside the first, on a thread of its own.
#pragma once

#include "daemon/device/device_set.hpp"
#include "daemon/loop/post_office.hpp"
#include "daemon/loop/random_source.hpp"
#include "daemon/loop/shard_loop.hpp"
#include "daemon/service/misc_server.hpp"
#include "daemon/sysplex/far_ports.hpp"
#include "stack/shard/environment.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <thread>

namespace tcpplexd {

/// Has a queue of each device. The other stacks and the coupling facility are the first shard's
/// thread's: what it says to them goes there as messages.
class further_shard : public stack::environment {
  public:
    /// Not before start() does anything happen on its thread. `of_first`, used on the thread of
    /// `first`, gets its notices.
    further_shard(stack::placement const& place, shard_loop& first, post_office& office,
                  stack_ports& ports, stack::environment& of_first);
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
    void forward(stack::member_id to, stack::fragments const& packet,
                 stack::offload const& meta) override;
    void notify(stack::member_id to, stack::connection_notice const& notice) override;
    void warn(stack::warning what, stack::address const& about) override;
    // The first shard's alone.
    stack::port_holder who_holds(stack::four_tuple const&) override { return {}; }

  private:
    std::size_t index_;
    shard_loop& first_;
    stack::environment& of_first_;
    post_office& office_;
    far_ports ports_;
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
