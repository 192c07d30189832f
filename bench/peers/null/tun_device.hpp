// A TUN device for peers, which exists already: the harness has made it.
#pragma once

#include "stack/tun/vnet_header.hpp"

namespace peers {

/// Its descriptor, non-blocking; `offloads`: with vnet headers, super-segments and unfinished
/// checksums.
int open_tun(char const* name, bool offloads);

}  // namespace peers
