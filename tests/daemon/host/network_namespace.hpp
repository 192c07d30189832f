// A network namespace of its own for one test, with TUN devices that end with it.
#pragma once

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tcpplexd::test {

/// An open descriptor. Throws with `what` if there is none: a missing namespace or TUN fails a
/// test.
class owned_descriptor {
  public:
    owned_descriptor(int number, std::string const& what) : number_(number) {
        if (number < 0) throw std::runtime_error(what + ": " + std::strerror(errno));
    }
    ~owned_descriptor() { ::close(number_); }
    owned_descriptor(owned_descriptor const&) = delete;
    owned_descriptor& operator=(owned_descriptor const&) = delete;
    int get() const { return number_; }

  private:
    int number_;
};

/// Moves the calling thread into a new, unnamed network namespace until destroyed.
class network_namespace {
  public:
    network_namespace() : before_(::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), "namespace") {
        if (::unshare(CLONE_NEWNET) != 0)
            throw std::runtime_error(std::string("unshare (needs root): ") + std::strerror(errno));
    }
    ~network_namespace() { ::setns(before_.get(), CLONE_NEWNET); }
    network_namespace(network_namespace const&) = delete;
    network_namespace& operator=(network_namespace const&) = delete;

    /// Writes /proc/sys/net/`name`.
    static void set(std::string const& name, int value) {
        std::ofstream file("/proc/sys/net/" + name);
        file << value << std::flush;
        if (!file) throw std::runtime_error("cannot set " + name);
    }

  private:
    owned_descriptor before_;
};

/// A TUN device that lives as long as this object.
class tun_device {
  public:
    explicit tun_device(std::string const& name)
        : descriptor_(::open("/dev/net/tun", O_RDWR | O_CLOEXEC), "/dev/net/tun") {
        ifreq request{};
        std::strncpy(request.ifr_name, name.c_str(), IFNAMSIZ - 1);
        request.ifr_flags = IFF_TUN | IFF_NO_PI;
        if (::ioctl(descriptor_.get(), TUNSETIFF, &request) != 0)
            throw std::runtime_error("TUNSETIFF " + name + ": " + std::strerror(errno));
    }
    /// Hands the kernel a packet as if it came in over the device; the kernel is done with it on
    /// return or soon after.
    void receive(std::span<std::uint8_t const> packet) {
        if (::write(descriptor_.get(), packet.data(), packet.size()) < 0)
            throw std::runtime_error(std::string("write to TUN: ") + std::strerror(errno));
    }

  private:
    owned_descriptor descriptor_;
};

/// Administratively down, in the namespace of the calling thread.
inline void set_down(std::string const& link) {
    owned_descriptor const any(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket");
    ifreq request{};
    std::strncpy(request.ifr_name, link.c_str(), IFNAMSIZ - 1);
    if (::ioctl(any.get(), SIOCSIFFLAGS, &request) != 0)
        throw std::runtime_error("setting " + link + " down: " + std::strerror(errno));
}

}  // namespace tcpplexd::test
