// Closing an owned descriptor.
#include "app/descriptor.hpp"

#include <unistd.h>

namespace app {

void descriptor::reset(int fd) noexcept {
    if (int const old = std::exchange(fd_, fd); old >= 0) ::close(old);
}

}  // namespace app
