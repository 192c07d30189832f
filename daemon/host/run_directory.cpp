#include "daemon/host/run_directory.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include <sys/stat.h>
#include <unistd.h>

namespace tcpplexd {
namespace {

constexpr mode_t wanted_mode = 0755;

host_result<void> accept_present(std::string const& path) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0)
        return failure{fmt::format("directory {}: {}", path, std::strerror(errno))};
    if (!S_ISDIR(found.st_mode))
        return failure{fmt::format(
            "{} is no directory; move it away, or name other paths in the host settings", path)};
    if (found.st_uid != 0 && found.st_uid != ::geteuid())
        return failure{fmt::format(
            "directory {} belongs to uid {}, who could plant files in it; chown root {}", path,
            found.st_uid, path)};
    if ((found.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return failure{fmt::format(
            "directory {} has mode {:04o}, others could plant files in it; name a directory "
            "of the stacks' own in the host settings, or chmod go-w this one",
            path, found.st_mode & 07777U)};
    return {};
}

}  // namespace

host_result<void> make_run_directory(std::string const& path) {
    if (::mkdir(path.c_str(), wanted_mode) != 0) {
        if (errno == EEXIST) return accept_present(path);
        return failure{
            fmt::format("directory {} cannot be created: {}", path, std::strerror(errno))};
    }
    if (::chmod(path.c_str(), wanted_mode) != 0)
        return failure{fmt::format("directory {}: {}", path, std::strerror(errno))};
    return {};
}

}  // namespace tcpplexd
