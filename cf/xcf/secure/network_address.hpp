// An IP address and a port, as the socket calls take them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <sys/socket.h>

namespace cf::xcf {

class network_address {
  public:
    /// "10.1.1.1:4801" or "[2001:db8::1]:4801", the port from 1 to 65535; no names.
    static std::optional<network_address> parse(std::string_view text);
    /// The two ends of a socket. Nothing if it is not connected, or no IP socket.
    static std::optional<network_address> local_of(int descriptor);
    static std::optional<network_address> peer_of(int descriptor);

    /// As parse() takes it.
    std::string to_string() const;
    /// 0.0.0.0 or ::, which nobody can connect to.
    bool is_unspecified() const;
    bool is_v6() const { return storage_.ss_family == AF_INET6; }
    std::uint16_t port() const;
    network_address with_port(std::uint16_t port) const;

    sockaddr const* data() const { return reinterpret_cast<sockaddr const*>(&storage_); }
    socklen_t size() const;

  private:
    network_address() = default;
    sockaddr_storage storage_{};
};

}  // namespace cf::xcf
