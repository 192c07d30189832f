// A connected UDP socket that gives the kernel many datagrams at once, takes as many, and knows its
// path's MTU.
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
    /// What a datagram that we send has at most: a jumbo frame without its headers.
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
    /// Sends `bytes` as datagrams of `size` bytes; the last has what is left.
    outcome send(std::span<std::byte const> bytes, std::size_t size);
    /// The next datagram. Lasts until the next call. Nothing: none is there.
    std::optional<std::span<std::byte>> receive();

  private:
    /// Arrivals that one call takes; each may be many datagrams of one size (UDP_GRO).
    static constexpr std::size_t batch = 8;
    static constexpr std::size_t longest_arrival = 65536;
    struct arrival {
        iovec room{};
        alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(int))> size_of_each{};
    };

    datagram_socket(int descriptor, bool v6);
    std::size_t most_together(std::size_t size) const;
    bool refill();
    void begin(std::size_t number);

    int descriptor_;
    bool v6_;
    bool segmentation_ = true;             ///< the way out takes UDP_SEGMENT
    std::unique_ptr<std::byte[]> buffer_;  ///< `batch` times `longest_arrival`
    std::array<mmsghdr, batch> headers_{};
    std::array<arrival, batch> arrivals_{};
    std::size_t arrived_ = 0;
    std::size_t begun_ = 0;
    std::span<std::byte> rest_;  ///< of the arrival begun last
    std::size_t each_ = 0;       ///< bytes of its datagrams but the last
};

}  // namespace cf::xcf
