// Whether a stream's reads and writes wait.
#pragma once

namespace operators {

/// The daemon decides how a stream arrives; each user of one sets what it needs.
void set_blocking(int fd, bool blocking);

}  // namespace operators
