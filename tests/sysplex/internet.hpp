// The IP network that the stacks and their partner share: packets take time, and some are lost.
#pragma once

#include "boost/asio/io_context.hpp"
#include "stack/packet/fragments.hpp"
#include "stack/packet/offload.hpp"
#include "stack/wire/address.hpp"
#include "way.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <vector>

namespace sim {

class internet {
  public:
    using packet = std::vector<std::byte>;
    using receiver = std::function<void(packet const&, stack::offload const&)>;

    explicit internet(dice& fate) : fate_(fate) {}

    /// Packets for `host` come to `to`, on the loop of the process that calls, while it lives.
    void route(stack::address const& host, boost::asio::io_context& loop, receiver to);
    void send(stack::fragments const& from, stack::offload const& meta);
    /// One packet in so many is lost; 0: none.
    void lose_one_in(nanos many) { loss_ = many; }

  private:
    struct way_to {
        process* on = nullptr;
        boost::asio::io_context* loop = nullptr;
        receiver to;
    };

    dice& fate_;
    nanos loss_ = 0;
    std::map<stack::address, way_to> routes_;
};

}  // namespace sim
