// TCP_INFO as Linux programs expect it.
#pragma once

#include "app/message/reply.hpp"

#include <netinet/tcp.h>

namespace app {

/// What the stack does not know is zero. Counts of segments are in units of the MSS, rounded up.
tcp_info to_tcp_info(info const& from);

}  // namespace app
