// TCP sockets as XCF uses them: non-blocking, and soon to notice that the other side is gone.
#pragma once

#include "cf/failure.hpp"
#include "cf/xcf/secure/network_address.hpp"

namespace cf::xcf {

/// A listening socket. Errors: the address is not of this system, or taken.
result<int> listen_stream(network_address const& at);
/// The next waiting connection; -1 if there is none.
int accept_stream(int listener);
/// A connection that is under way from the address of `from`, whatever its port: writable when it
/// has succeeded or failed. Errors: no way to the peer.
result<int> connect_stream(network_address const& from, network_address const& to);
/// What became of a connection under way: 0, or an error number.
int outcome_of_connect(int descriptor);

}  // namespace cf::xcf
