#include "daemon/application/unread_byte.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tcpplexd {

namespace {

int find_descriptor(pid_t process, ino_t wanted) {
    std::error_code error;
    std::filesystem::directory_iterator entries("/proc/" + std::to_string(process) + "/fd", error);
    std::string const target = "socket:[" + std::to_string(wanted) + "]";
    for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
        std::error_code unreadable;
        if (std::filesystem::read_symlink(entries->path(), unreadable) == target)
            return std::atoi(entries->path().filename().c_str());
    }
    return -1;
}

}  // namespace

bool leave_unread_byte(pid_t process, ino_t application_end) {
    auto const handle = static_cast<int>(syscall(SYS_pidfd_open, process, 0));
    if (handle < 0) return false;
    bool sent = false;
    if (int const number = find_descriptor(process, application_end); number >= 0) {
        auto const copy = static_cast<int>(syscall(SYS_pidfd_getfd, handle, number, 0));
        if (copy >= 0) {
            struct stat state {};
            // The number may have been reused between the two looks.
            if (fstat(copy, &state) == 0 && state.st_ino == application_end)
                sent = send(copy, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
            close(copy);
        }
    }
    close(handle);
    return sent;
}

}  // namespace tcpplexd
