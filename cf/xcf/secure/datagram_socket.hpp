// A connected UDP socket that sends and receives many datagrams with one call, and knows its path's
// MTU.
#pragma once

#include "cf/failure.hpp"
#include "cf/xcf/secure/network_address.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <sys/socket.h>
#include <sys/uio.h>

namespace cf::xcf {

/// Non-blocking; never fragments in the network. All sockets of a stack have the same local address
/// and port: connected, the kernel tells their datagrams apart.
class datagram_socket {
  public:
    /// What a datagram may have at most: a jumbo frame without its headers.
    static constexpr std::size_t largest = 8972;

    /// Errors: `local` is no address of this system, or another process has it.
    static result<std::unique_ptr<datagram_socket>> open(network_address const& local,
                                                         network_address const& peer);
    ~datagram_socket();
    datagram_socket(datagram_socket const&) = delete;
    datagram_socket& operator=(datagram_socket const&) = delete;

    int fd() const { return descriptor_; }
    /// Bytes that a datagram to the peer may have now, by the kernel's knowledge of the path.
    std::size_t path_size() const;

    enum class outcome : std::uint8_t {
        sent,
        too_large,  ///< the path has become smaller: ask path_size() again
        refused     ///< the socket is full, or there is no way to the peer; some may have gone
    };
    /// Sends `bytes` as datagrams of `size` bytes; the last has what is left. At most
    /// `most_at_once`.
    outcome send(std::span<std::byte const> bytes, std::size_t size);
    /// The next datagram, of at most `largest` bytes; longer ones are passed over. Lasts until the
    /// next call. Nothing: none is there.
    std::optional<std::span<std::byte>> receive();

    static constexpr std::size_t most_at_once = 256;

  private:
    static constexpr std::size_t batch = 32;

    datagram_socket(int descriptor, bool v6);
    bool refill();

    int descriptor_;
    bool v6_;
    std::unique_ptr<std::byte[]> buffer_;  ///< `batch` times `largest`
    std::array<mmsghdr, batch> arrivals_{};
    std::array<iovec, batch> rooms_{};
    std::size_t arrived_ = 0;
    std::size_t taken_ = 0;
    std::array<mmsghdr, most_at_once> departures_{};
    std::array<iovec, most_at_once> loads_{};
};

}  // namespace cf::xcf
