#include "cf/group/secret.hpp"

#include <cerrno>
#include <system_error>

#include <sys/random.h>

namespace cf {

group_secret make_secret() {
    group_secret made{};
    // Up to 256 bytes come whole (getrandom(2)).
    if (::getrandom(made.data(), sizeof made, 0) != static_cast<ssize_t>(sizeof made))
        throw std::system_error(errno, std::generic_category(), "getrandom");
    return made;
}

}  // namespace cf
