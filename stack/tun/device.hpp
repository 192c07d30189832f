// A TUN device that lives and dies with the process.
#pragma once

#include <boost/system/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace stack::tun {

/// Owns the file descriptors of a non-persistent layer 3 device, one for each of its queues:
/// closing them, by whatever death, removes the device and its routes.
class device {
  public:
    /// Creates `name` (1..15 characters) with the MTU and sets it up; addresses, routes and sysctls
    /// are the caller's. The error is a sentence that names the device and the remedy. A device
    /// that exists already, persistent or not, is refused. With several queues the kernel chooses
    /// which one a packet comes from, mostly the one that the flow was last written to.
    static boost::system::result<device, std::string> create(std::string const& name,
                                                             std::uint16_t mtu,
                                                             std::size_t queues = 1);

    device(device&& other) noexcept;
    device& operator=(device&& other) noexcept;
    device(device const&) = delete;
    device& operator=(device const&) = delete;
    ~device();

    /// Non-blocking; each read and write is a vnet_header and one IP packet.
    int descriptor(std::size_t queue = 0) const { return fds_[queue]; }
    std::string const& name() const { return name_; }
    /// Takes super-segments and unfinished checksums (TUNSETOFFLOAD was accepted).
    bool offloads() const { return offloads_; }

  private:
    explicit device(std::string name) : name_(std::move(name)) {}
    std::string add_queue(bool one_of_several);

    std::vector<int> fds_;
    bool offloads_ = false;
    std::string name_;
};

}  // namespace stack::tun
