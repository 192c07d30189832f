#include "stack/tun/device.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace stack::tun {
namespace {

using outcome = boost::system::result<device, std::string>;

outcome refuse(std::string text) {
    return {boost::system::in_place_error, std::move(text)};
}

std::string reason(int error) {
    return std::strerror(error);
}  // NOLINT(concurrency-mt-unsafe)

ifreq request(std::string const& name) {
    ifreq out{};
    name.copy(out.ifr_name, IFNAMSIZ - 1);
    return out;
}

/// A socket for the ioctls that configure interfaces.
class control_socket {
  public:
    control_socket() : fd_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {}
    ~control_socket() {
        if (fd_ >= 0) ::close(fd_);
    }
    control_socket(control_socket const&) = delete;
    control_socket& operator=(control_socket const&) = delete;
    bool call(unsigned long what, ifreq& with) const { return ::ioctl(fd_, what, &with) == 0; }

  private:
    int fd_;
};

bool exists(control_socket const& control, std::string const& name) {
    ifreq index = request(name);
    return control.call(SIOCGIFINDEX, index);
}

/// An empty text if all went well.
std::string set_up(control_socket const& control, std::string const& name, std::uint16_t mtu) {
    ifreq size = request(name);
    size.ifr_mtu = mtu;
    if (!control.call(SIOCSIFMTU, size))
        return "TUN device " + name + " does not take an MTU of " + std::to_string(mtu) + ": " +
               reason(errno);
    ifreq flags = request(name);
    if (!control.call(SIOCGIFFLAGS, flags))
        return "TUN device " + name + " has vanished: " + reason(errno);
    flags.ifr_flags = static_cast<short>(flags.ifr_flags | IFF_UP);
    if (!control.call(SIOCSIFFLAGS, flags))
        return "TUN device " + name + " can't be set up: " + reason(errno);
    return {};
}

std::string why_no_device(std::string const& name, int error) {
    if (error == EPERM)
        return "TUN device " + name +
               " can't be created: permission denied; CAP_NET_ADMIN is needed";
    if (error == EBUSY) return "TUN device " + name + " is in use by another process";
    return "TUN device " + name + " can't be created: " + reason(error);
}

}  // namespace

outcome device::create(std::string const& name, std::uint16_t mtu, std::size_t queues) {
    if (name.empty() || name.size() >= IFNAMSIZ)
        return refuse("'" + name + "' is no name for a network device: 1 to 15 characters");
    control_socket const control;
    // TUNSETIFF would quietly take over a persistent device, whose routes would then outlive the
    // stack.
    if (exists(control, name))
        return refuse("a network device " + name + " exists already; remove it (ip link delete " +
                      name + ") or name another device");
    device made(name);
    for (std::size_t i = 0; i < queues; ++i)
        if (auto text = made.add_queue(queues > 1); !text.empty()) return refuse(std::move(text));
    made.offloads_ =
        ::ioctl(made.fds_.front(), TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6) == 0;
    if (auto text = set_up(control, name, mtu); !text.empty()) return refuse(std::move(text));
    return made;
}

/// An empty text if all went well.
std::string device::add_queue(bool one_of_several) {
    int const fd = ::open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return "/dev/net/tun can't be opened: " + reason(errno) +
               "; load the module tun, and give a container the device";
    fds_.push_back(fd);
    ifreq kind = request(name_);
    kind.ifr_flags = static_cast<short>(IFF_TUN | IFF_NO_PI | IFF_VNET_HDR |
                                        (one_of_several ? IFF_MULTI_QUEUE : 0));
    return ::ioctl(fd, TUNSETIFF, &kind) == 0 ? std::string() : why_no_device(name_, errno);
}

device::device(device&& other) noexcept
    : fds_(std::exchange(other.fds_, {})),
      offloads_(other.offloads_),
      name_(std::move(other.name_)) {}

device& device::operator=(device&& other) noexcept {
    fds_.swap(other.fds_);
    std::swap(offloads_, other.offloads_);
    name_.swap(other.name_);
    return *this;
}

device::~device() {
    for (int const fd : fds_)
        ::close(fd);
}

}  // namespace stack::tun
