#include "daemon/host/link_state.hpp"

#include "app/descriptor.hpp"

#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace tcpplexd {

bool is_link_up(std::string const& name) {
    ifreq request{};
    if (name.empty() || name.size() >= sizeof request.ifr_name) return false;
    name.copy(request.ifr_name, name.size());
    app::descriptor const any(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    return ::ioctl(any.get(), SIOCGIFFLAGS, &request) == 0 && (request.ifr_flags & IFF_UP) != 0;
}

}  // namespace tcpplexd
