// Whether a stream's reads and writes wait.
#include "operator/stream/blocking.hpp"

#include <fcntl.h>

namespace operators {

void set_blocking(int fd, bool blocking) {
    int const flags = ::fcntl(fd, F_GETFL);
    if (flags < 0) return;
    ::fcntl(fd, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK);
}

}  // namespace operators
