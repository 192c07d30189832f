// A queue of the TUN device behind an INTERFACE of the profile, on the event loop of a shard.
#pragma once

#include "daemon/loop/busy_poll.hpp"
#include "daemon/loop/shard_loop.hpp"
#include "stack/tun/device.hpp"
#include "stack/tun/queue.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <cstddef>
#include <memory>
#include <string>

namespace tcpplexd {

/// Hands what the kernel routes into the device to the shard, in bursts.
class tun_interface {
  public:
    tun_interface(shard_loop& loop, std::shared_ptr<stack::tun::device const> device,
                  std::size_t queue, stack::tun::fence const& fence);
    ~tun_interface();
    tun_interface(tun_interface const&) = delete;
    tun_interface& operator=(tun_interface const&) = delete;

    std::string const& device_name() const { return device_->name(); }
    /// Which of settings::interfaces it is from now on.
    void set_index(std::size_t index) { index_ = index; }
    void write(stack::fragments const& packet, stack::offload const& meta) {
        queue_.write(packet, meta);
        answered_ = true;
    }

  private:
    void await();
    void read_bursts();
    void look_again();

    shard_loop& loop_;
    std::shared_ptr<stack::tun::device const> device_;
    stack::tun::queue queue_;
    boost::asio::posix::stream_descriptor ready_;  ///< the device's descriptor, not owned
    std::size_t index_ = 0;
    busy_poll poll_;
    bool answered_ = false;  ///< something was written since packets were last read
    /// What a handler on its way through the loop looks at: this is still there.
    std::shared_ptr<tun_interface*> self_ = std::make_shared<tun_interface*>(this);
};

}  // namespace tcpplexd
