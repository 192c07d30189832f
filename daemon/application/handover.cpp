#include "daemon/application/handover.hpp"

#include <array>
#include <cerrno>

#include <sys/stat.h>

namespace tcpplexd {

namespace {

/// What the kernel may queue towards the application: enough for a super-segment's worth to be on
/// its way while one is read.
constexpr int send_buffer = 1024 * 1024;

}  // namespace

app::result<handover> make_handover(pid_t application, int type) {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return app::system_error(errno, "the daemon cannot make a descriptor for the connection");
    handover result{app::descriptor(ends[0]), app::descriptor(ends[1]), {}};
    setsockopt(result.ours.get(), SOL_SOCKET, SO_SNDBUF, &send_buffer, sizeof send_buffer);
    setsockopt(result.theirs.get(), SOL_SOCKET, SO_SNDBUF, &send_buffer, sizeof send_buffer);
    struct stat state {};
    if (fstat(result.theirs.get(), &state) != 0)
        return app::system_error(errno, "fstat of a new descriptor");
    result.identity = {application, state.st_ino};
    return result;
}

}  // namespace tcpplexd
