#include "cf/backend/shared_memory/byte_lock.hpp"

#include <cerrno>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

namespace cf::shared_memory {

namespace {

struct flock range(short type, std::int64_t byte, std::int64_t count) {
    struct flock lock {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    lock.l_start = byte;
    lock.l_len = count;
    return lock;
}

}  // namespace

bool try_lock_byte(int file, std::int64_t byte) {
    auto lock = range(F_WRLCK, byte, 1);
    return ::fcntl(file, F_OFD_SETLK, &lock) == 0;
}

bool lock_byte(int file, std::int64_t byte, std::chrono::milliseconds patience) {
    auto deadline = std::chrono::steady_clock::now() + patience;
    while (!try_lock_byte(file, byte)) {
        if (errno != EAGAIN && errno != EACCES) return false;
        if (std::chrono::steady_clock::now() >= deadline) return false;
        // The kernel has no lock with a deadline; the bytes waited for are held for microseconds.
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    return true;
}

void unlock_byte(int file, std::int64_t byte) {
    auto lock = range(F_UNLCK, byte, 1);
    ::fcntl(file, F_OFD_SETLK, &lock);
}

bool byte_locked_elsewhere(int file, std::int64_t byte, std::int64_t count) {
    auto lock = range(F_WRLCK, byte, count);
    if (::fcntl(file, F_OFD_GETLK, &lock) != 0) return true;
    return lock.l_type != F_UNLCK;
}

}  // namespace cf::shared_memory
