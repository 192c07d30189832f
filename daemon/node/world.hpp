// The world around the first shard: TUN devices, XCF links and the coupling facility.
#pragma once

#include "cf/connector.hpp"
#include "daemon/device/device_set.hpp"
#include "daemon/loop/post_office.hpp"
#include "daemon/sysplex/mesh.hpp"
#include "stack/shard/environment.hpp"
#include "stack/tun/fence.hpp"

#include <optional>

namespace tcpplexd {

/// Passes on what the shard sends. The parts are attached when they exist; until then packets are
/// lost, as on a network that is down.
class world : public stack::environment {
  public:
    /// `fence` stands before the XCF links; the devices have it themselves.
    world(cf::connector& facility, stack::tun::fence const& fence)
        : facility_(facility), fence_(fence) {}

    void attach(device_set& devices) { devices_ = &devices; }
    void attach(mesh& links) { links_ = &links; }
    void attach(post_office& others) { others_ = &others; }
    void attach(shard_loop& loop) { loop_ = &loop; }

    void transmit(std::size_t index, stack::fragments const& packet,
                  stack::offload const& meta) override;
    void hand_over(std::size_t shard, stack::member_id from, std::span<std::byte const> packet,
                   stack::offload const& meta) override;
    void forward(stack::member_id to, stack::fragments const& packet,
                 stack::offload const& meta) override;
    /// Of further shards, too, on the first one's thread: it gets what they say to this stack.
    void notify(stack::member_id to, stack::connection_notice const& notice) override;
    stack::port_holder who_holds(stack::four_tuple const& tuple) override;
    void warn(stack::warning what, stack::address const& about) override;

  private:
    void warn_of_exhausted_pool();

    cf::connector& facility_;
    stack::tun::fence const& fence_;
    device_set* devices_ = nullptr;
    mesh* links_ = nullptr;
    post_office* others_ = nullptr;
    shard_loop* loop_ = nullptr;
    std::optional<stack::instant> told_of_exhausted_pool_;
};

}  // namespace tcpplexd
