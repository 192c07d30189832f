#include "daemon/sysplex/far_ports.hpp"

#include <boost/asio/post.hpp>

#include <memory>
#include <utility>

namespace tcpplexd {

template <class Question>
stack::port_reply far_ports::ask(stack::port_ticket ticket, Question question) {
    boost::asio::post(first_,
                      [&all = ports_, shard = shard_, ticket, question = std::move(question)] {
                          auto const reply = question(all.of(shard));
                          if (reply.answer != stack::port_answer::pending)
                              all.tell(shard, ticket, reply);
                      });
    return {stack::port_answer::pending, 0};
}

template <class Word>
void far_ports::say(Word word) {
    boost::asio::post(
        first_, [&all = ports_, shard = shard_, word = std::move(word)] { word(all.of(shard)); });
}

stack::port_reply far_ports::allocate(stack::address const& dvipa, stack::endpoint const& remote,
                                      stack::port_set const& excluded, std::uint64_t stride,
                                      stack::port_ticket ticket) {
    return ask(ticket, [=, excluded = std::make_unique<stack::port_set>(excluded)](auto& source) {
        return source.allocate(dvipa, remote, *excluded, stride, ticket);
    });
}

stack::port_reply far_ports::claim(stack::address const& dvipa, std::uint16_t port,
                                   stack::port_ticket ticket) {
    return ask(ticket, [=](auto& source) { return source.claim(dvipa, port, ticket); });
}

stack::port_reply far_ports::serve(stack::address const& dvipa, std::uint16_t port,
                                   stack::port_ticket ticket) {
    return ask(ticket, [=](auto& source) { return source.serve(dvipa, port, ticket); });
}

void far_ports::release(stack::address const& dvipa, std::uint16_t port) {
    say([=](auto& source) { source.release(dvipa, port); });
}

void far_ports::unserve(stack::address const& dvipa, std::uint16_t port) {
    say([=](auto& source) { source.unserve(dvipa, port); });
}

void far_ports::opened(stack::four_tuple const& tuple, bool inbound) {
    say([=](auto& source) { source.opened(tuple, inbound); });
}

void far_ports::ended(stack::four_tuple const& tuple) {
    say([=](auto& source) { source.ended(tuple); });
}

}  // namespace tcpplexd
