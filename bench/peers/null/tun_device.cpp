#include "tun_device.hpp"

#include <cerrno>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <sys/ioctl.h>

namespace peers {

int open_tun(char const* name, bool offloads) {
    auto const check = [](bool done, char const* what) {
        if (!done) throw std::system_error(errno, std::generic_category(), what);
    };
    int const fd = ::open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    check(fd >= 0, "/dev/net/tun");
    ifreq kind{};
    std::strncpy(kind.ifr_name, name, IFNAMSIZ - 1);
    kind.ifr_flags = static_cast<short>(IFF_TUN | IFF_NO_PI | (offloads ? IFF_VNET_HDR : 0));
    check(ioctl(fd, TUNSETIFF, &kind) == 0, name);
    if (offloads)
        check(ioctl(fd, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6) == 0, "offloads");
    return fd;
}

}  // namespace peers
