// The TUN devices of a stack, the kernel's routes into them, and what brings a LAN's packets here.
#pragma once

#include "daemon/device/announcer.hpp"
#include "daemon/device/tun_interface.hpp"
#include "daemon/host/host_settings.hpp"
#include "daemon/host/kernel_network.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace tcpplexd {

/// Makes what can fail first, so that a change of configuration is carried out whole or not at all.
class device_set {
  public:
    /// A device has a queue for each of `loops`, of which the first is this thread's; before each
    /// stands the one of `fences` that is its thread's.
    device_set(std::vector<shard_loop*> loops, kernel_network& kernel, host_settings const& host,
               std::vector<stack::tun::fence> const& fences);

    /// The queues of a device, by shard.
    using queue_set = std::vector<std::unique_ptr<tun_interface>>;
    /// Devices that `next` has and this set has not, made and set up but not in use.
    using prepared = std::map<std::string, queue_set>;
    host_result<prepared> prepare(stack::settings const& next);
    /// Devices that were prepared and are not to be used.
    void discard(prepared unused) { drop(std::move(unused)); }
    /// Takes the new devices into use, drops those that `next` has no more, and makes the kernel
    /// route this stack's addresses (and no others) into them: home addresses, and DVIPAs it owns,
    /// for which it answers on the links that the host settings name.
    /// Returns what the kernel refused.
    std::vector<std::string> commit(prepared added, stack::settings const& next);

    /// A link has come up: what it lost when it went down comes back, if it is a device of this set
    /// or one on which DVIPAs are announced. `now`: as last committed. Returns what the kernel
    /// refused.
    std::vector<std::string> came_up(std::string const& link, stack::settings const& now);

    std::vector<std::string> device_names() const;

    /// On the thread of `shard`.
    void transmit(std::size_t shard, std::size_t index, stack::fragments const& packet,
                  stack::offload const& meta);

  private:
    host_result<queue_set> make(stack::settings const& next, std::size_t index);
    void drop(prepared gone);
    void index(stack::settings const& next);
    std::map<stack::address, std::string> wanted_routes(stack::settings const& next) const;

    std::vector<shard_loop*> loops_;
    kernel_network& kernel_;
    host_settings const& host_;
    std::vector<stack::tun::fence> const& fences_;
    std::map<std::string, queue_set> devices_;  ///< by INTERFACE name
    /// By shard, whose thread alone uses it, and as settings::interfaces.
    std::vector<std::vector<tun_interface*>> by_index_;
    std::map<stack::address, std::string> routes_;  ///< address -> device, as the kernel has them
    announcer announcer_;
};

}  // namespace tcpplexd
