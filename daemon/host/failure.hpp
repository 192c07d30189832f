// Why something the host was asked for did not happen, in one line for the log.
#pragma once

#include <boost/system/result.hpp>

#include <string>

namespace tcpplexd {

/// The object, the reason and the remedy: "route 10.1.9.9/32 over osa1: Operation not permitted;
/// run as root ...".
struct failure {
    std::string message;
};

template <class Value>
using host_result = boost::system::result<Value, failure>;

}  // namespace tcpplexd
