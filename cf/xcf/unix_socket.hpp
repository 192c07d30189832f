// SOCK_SEQPACKET sockets with path names, as XCF uses them: non-blocking, between processes of one
// user.
#pragma once

#include "cf/failure.hpp"

#include <string>

namespace cf::xcf {

// Path names, because abstract names do not cross network namespaces, and stacks live in several.

/// A connected socket. Errors: nobody listens at the path, or somebody else's process does.
result<int> connect_unix(std::string const& path);
/// A listening socket. A path left by a process that has ended is taken over; one where somebody
/// listens is refused.
result<int> listen_unix(std::string const& path);
/// The next waiting connection of our own user or root; -1 if there is none. Others are closed.
int accept_unix(int listener);
/// Room for several super-segments: a message must fit into the send buffer as a whole, or it is
/// refused (EMSGSIZE).
void enlarge_send_buffer(int descriptor);

}  // namespace cf::xcf
