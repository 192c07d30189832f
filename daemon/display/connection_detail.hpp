// A TCP connection as NETSTAT ALL tells of it.
#pragma once

#include "stack/tcp/option/detail.hpp"

#include <boost/json/object.hpp>

namespace tcpplexd {

/// Sizes in bytes, times in microseconds.
boost::json::object describe(stack::tcp::connection_detail const& from);

}  // namespace tcpplexd
