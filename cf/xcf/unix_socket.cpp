#include "cf/xcf/unix_socket.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace cf::xcf {

namespace {

constexpr int send_buffer = 4 << 20;

failure refusal(std::string const& path, std::string const& why) {
    return {error::unavailable, "XCF socket " + path + ": " + why, {}};
}

std::optional<sockaddr_un> address_of(std::string const& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path) return std::nullopt;
    std::copy(path.begin(), path.end(), address.sun_path);
    return address;
}

int make_socket() {
    return ::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

bool is_one_of_us(int connected) {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(connected, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
    return peer.uid == 0 || peer.uid == ::geteuid();
}

// Removes the path of a listener that has ended: nobody answers there.
void remove_stale(std::string const& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0 || !S_ISSOCK(status.st_mode)) return;
    auto probe = connect_unix(path);
    if (probe)
        ::close(*probe);
    else if (errno == ECONNREFUSED)
        ::unlink(path.c_str());
}

}  // namespace

result<int> connect_unix(std::string const& path) {
    auto address = address_of(path);
    if (!address) return refusal(path, "a path has 1 to 107 characters");
    int descriptor = make_socket();
    if (descriptor < 0) return refusal(path, std::strerror(errno));
    bool connected =
        ::connect(descriptor, reinterpret_cast<sockaddr const*>(&*address), sizeof *address) == 0;
    bool ours = connected && is_one_of_us(descriptor);
    if (ours) return descriptor;
    int why = errno;
    ::close(descriptor);
    errno = why;
    if (connected) return refusal(path, "another user's process listens there");
    return refusal(path, std::string("connect: ") + std::strerror(why));
}

result<int> listen_unix(std::string const& path) {
    auto address = address_of(path);
    if (!address) return refusal(path, "a path has 1 to 107 characters");
    remove_stale(path);
    int descriptor = make_socket();
    if (descriptor < 0) return refusal(path, std::strerror(errno));
    // The mode set before bind(2) becomes that of the path.
    bool listening =
        ::fchmod(descriptor, S_IRUSR | S_IWUSR) == 0 &&
        ::bind(descriptor, reinterpret_cast<sockaddr const*>(&*address), sizeof *address) == 0 &&
        ::listen(descriptor, SOMAXCONN) == 0;
    if (listening) return descriptor;
    int why = errno;
    ::close(descriptor);
    return refusal(path,
                   std::string("listen: ") + std::strerror(why) +
                       ". Its directory must exist; if another stack uses the path, name another");
}

int accept_unix(int listener) {
    for (;;) {
        int descriptor = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor < 0 || is_one_of_us(descriptor)) return descriptor;
        ::close(descriptor);
    }
}

void enlarge_send_buffer(int descriptor) {
    // FORCE goes beyond net.core.wmem_max and needs CAP_NET_ADMIN; without it we take what we get.
    if (::setsockopt(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, &send_buffer, sizeof send_buffer) != 0)
        ::setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &send_buffer, sizeof send_buffer);
}

}  // namespace cf::xcf
