// A connection that can lose answers: between a client and a member of etcd.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <thread>

namespace cf::test {

/// Passes bytes both ways between 127.0.0.1:port() and a member.
class relay {
  public:
    explicit relay(unsigned member_port);
    ~relay();
    relay(relay const&) = delete;
    relay& operator=(relay const&) = delete;

    std::string endpoint() const { return "127.0.0.1:" + std::to_string(port_); }
    /// From now on what the member sends is lost; what the client sends still arrives.
    void lose_answers() { losing_ = true; }
    /// Nothing goes through in either direction, and no connection ends.
    void swallow() { swallowing_ = true; }
    /// Ends all connections; new ones work.
    void mend();
    std::uint64_t lost_bytes() const { return lost_.load(); }

  private:
    struct connection;
    void accept();

    unsigned member_port_;
    boost::asio::io_context io_;
    boost::asio::ip::tcp::acceptor acceptor_;
    unsigned port_;
    std::atomic<bool> losing_ = false;
    std::atomic<bool> swallowing_ = false;
    std::atomic<std::uint64_t> lost_ = 0;
    std::set<std::shared_ptr<connection>> connections_;
    std::thread thread_;
};

}  // namespace cf::test
