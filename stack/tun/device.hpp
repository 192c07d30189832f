// A TUN device that lives and dies with the process.
#pragma once

#include <boost/system/result.hpp>

#include <cstdint>
#include <string>

namespace stack::tun {

/// Owns the file descriptor of a non-persistent layer 3 device: closing it, by whatever death,
/// removes the device and its routes.
class device {
  public:
    /// Creates `name` (1..15 characters) with the MTU and sets it up; addresses, routes and sysctls
    /// are the caller's. The error is a sentence that names the device and the remedy. A device
    /// that exists already, persistent or not, is refused.
    static boost::system::result<device, std::string> create(std::string const& name,
                                                             std::uint16_t mtu);

    device(device&& other) noexcept;
    device& operator=(device&& other) noexcept;
    device(device const&) = delete;
    device& operator=(device const&) = delete;
    ~device();

    /// Non-blocking; each read and write is a vnet_header and one IP packet.
    int descriptor() const { return fd_; }
    std::string const& name() const { return name_; }
    /// Takes super-segments and unfinished checksums (TUNSETOFFLOAD was accepted).
    bool offloads() const { return offloads_; }

  private:
    device(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}

    int fd_ = -1;
    bool offloads_ = false;
    std::string name_;
};

}  // namespace stack::tun
