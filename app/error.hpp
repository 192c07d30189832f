// What went wrong, as an application sees it: an errno value and a sentence.
#pragma once

#include <boost/system/result.hpp>

#include <string>
#include <utility>

namespace app {

/// `code` is an errno value of this machine; `message` names the object and, where there is one,
/// the remedy.
struct error {
    error() = default;  // "no error", which boost::system::result wants to exist
    error(int errno_value, std::string text) : code(errno_value), message(std::move(text)) {}

    int code = 0;
    std::string message;
};

template <typename T>
using result = boost::system::result<T, error>;

/// The symbol of an errno value, "EADDRINUSE"; "E" and the number if it has none.
std::string error_name(int code);
/// The errno value of a symbol; EPROTO for one this machine does not know.
int error_code_of(std::string const& name);
/// An error of a system call: `what` and the system's text for `code`.
error system_error(int code, std::string const& what);

/// Lets boost::system::result throw: value() on a failure raises std::system_error.
[[noreturn]] void throw_exception_from_error(error const& failure,
                                             boost::source_location const& where);

}  // namespace app
