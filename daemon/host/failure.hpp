// Why something the host was asked for did not happen, in one line for the log.
#pragma once

#include <boost/system/result.hpp>

#include <stdexcept>
#include <string>

namespace tcpplexd {

/// The object, the reason and the remedy: "route 10.1.9.9/32 over osa1: Operation not permitted;
/// run as root ...".
struct failure {
    std::string message;
};

/// What result::value() throws if there is no value.
[[noreturn]] inline void throw_exception_from_error(failure const& why,
                                                    boost::source_location const&) {
    throw std::runtime_error(why.message);
}

template <class Value>
using host_result = boost::system::result<Value, failure>;

}  // namespace tcpplexd
