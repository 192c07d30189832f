// What all stacks of the group make the numbers of TCP connections from.
#pragma once

#include "cf/connector.hpp"
#include "stack/tcp/open/secrets.hpp"

namespace tcpplexd {

/// The group's secret, and a clock that all its members have: on one machine the one since boot;
/// between machines their wall clocks as they stand at this call, apart by what NTP leaves of the
/// difference, which is little beside a TIME-WAIT.
stack::tcp::secrets agreed_secrets(cf::connector const& facility);

}  // namespace tcpplexd
