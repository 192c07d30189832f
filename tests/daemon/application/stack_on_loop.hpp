// A stack of one shard on its event loop, without devices: packets go in by hand, and what it sends
// is kept.
#pragma once

#include "daemon/loop/shard_loop.hpp"
#include "lab_nodes.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

namespace tcpplexd {

/// 10.0.0.1/24 is interface 1.
class stack_on_loop : public ::testing::Test {
  protected:
    static inline auto const us = stack::testing::addr("10.0.0.1");
    static inline auto const peer = stack::testing::at("10.0.0.9", 5000);

    stack_on_loop() {
        core().configure(std::make_shared<stack::settings>(node().config), loop_.now());
    }
    stack::testing::node& node() { return node_; }
    stack::shard& core() { return node().it; }
    /// What is ready now is done.
    void run() {
        loop_.touch();
        io_.restart();
        io_.poll();
    }
    /// As one burst.
    void receive(std::initializer_list<stack::testing::bytes> packets) {
        loop_.begin_burst();
        for (auto const& packet : packets)
            core().receive(1, packet, {}, loop_.now());
        loop_.end_burst();
        run();
    }

    stack::testing::lab lab_;
    stack::testing::node& node_ = lab_.add();
    boost::asio::io_context io_;
    shard_loop loop_{io_, core()};
};

}  // namespace tcpplexd
