// The port source of a shard on a thread of its own.
#pragma once

#include "daemon/sysplex/stack_ports.hpp"

#include <boost/asio/io_context.hpp>

#include <cstddef>

namespace tcpplexd {

/// Asks the first thread by message, and gets the answer as one: whatever is asked is pending. What
/// it says and asks arrives in order.
class far_ports : public stack::port_source {
  public:
    /// `first`: the loop of the thread that has `ports`.
    far_ports(std::size_t shard, boost::asio::io_context& first, stack_ports& ports)
        : shard_(shard), first_(first), ports_(ports) {}

    stack::port_reply allocate(stack::address const& dvipa, stack::endpoint const& remote,
                               stack::port_set const& excluded, std::uint64_t stride,
                               stack::port_ticket ticket) override;
    stack::port_reply claim(stack::address const& dvipa, std::uint16_t port,
                            stack::port_ticket ticket) override;
    void release(stack::address const& dvipa, std::uint16_t port) override;
    void opened(stack::four_tuple const& tuple, bool inbound) override;
    void ended(stack::four_tuple const& tuple) override;
    stack::port_reply serve(stack::address const& dvipa, std::uint16_t port,
                            stack::port_ticket ticket) override;
    void unserve(stack::address const& dvipa, std::uint16_t port) override;

  private:
    template <class Question>
    stack::port_reply ask(stack::port_ticket ticket, Question question);
    template <class Word>
    void say(Word word);

    std::size_t shard_;
    boost::asio::io_context& first_;
    stack_ports& ports_;
};

}  // namespace tcpplexd
