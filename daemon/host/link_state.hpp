// Whether a link of this network namespace can carry packets.
#pragma once

#include <string>

namespace tcpplexd {

/// False if it is administratively down, or not there. Of the namespace of the calling thread.
bool is_link_up(std::string const& name);

}  // namespace tcpplexd
