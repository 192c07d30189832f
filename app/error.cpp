// Names and texts of errno values.
#include "app/error.hpp"

#include <cerrno>
#include <system_error>

#include <string.h>

namespace app {

std::string error_name(int code) {
    char const* const name = ::strerrorname_np(code);
    return name != nullptr ? name : "E" + std::to_string(code);
}

int error_code_of(std::string const& name) {
    constexpr int highest = 133;  // EHWPOISON, the last of asm-generic/errno.h
    for (int code = 1; code <= highest; ++code)
        if (char const* const known = ::strerrorname_np(code); known != nullptr && name == known)
            return code;
    return EPROTO;
}

error system_error(int code, std::string const& what) {
    return {code, what + ": " + std::system_category().message(code)};
}

void throw_exception_from_error(error const& failure, boost::source_location const&) {
    throw std::system_error(failure.code, std::system_category(), failure.message);
}

}  // namespace app
