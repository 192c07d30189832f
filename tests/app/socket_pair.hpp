// Two connected Unix stream sockets, and a few raw operations on them.
#pragma once

#include "app/descriptor.hpp"

#include <string>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

namespace tests {

inline std::pair<app::descriptor, app::descriptor> socket_pair() {
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) ::abort();
    return {app::descriptor(ends[0]), app::descriptor(ends[1])};
}

inline void write_raw(app::descriptor const& socket, std::string const& bytes) {
    if (::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(bytes.size()))
        ::abort();
}

/// Reads until the end of the file.
inline std::string read_all(int fd) {
    std::string text;
    char buffer[65536];
    for (ssize_t got = 0; (got = ::read(fd, buffer, sizeof buffer)) > 0;)
        text.append(buffer, static_cast<std::size_t>(got));
    return text;
}

}  // namespace tests
