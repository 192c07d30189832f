// Locks on single bytes of the facility's file, which end with their holder however it ends.
#pragma once

#include <chrono>
#include <cstdint>

namespace cf::shared_memory {

// Open-file-description locks (fcntl(2), F_OFD_SETLK): they exclude other processes and other
// descriptions of the same process, and the kernel drops them when the description goes with its
// process. They work across namespaces.

/// Takes a write lock on the byte if it is free. errno is kept for other failures, which also
/// return false.
bool try_lock_byte(int file, std::int64_t byte);
/// Keeps trying for at most `patience`.
bool lock_byte(int file, std::int64_t byte, std::chrono::milliseconds patience);
void unlock_byte(int file, std::int64_t byte);
/// Whether another description has locked any of `count` bytes from `byte` on. True if that cannot
/// be found out: nobody is declared dead on an error.
bool byte_locked_elsewhere(int file, std::int64_t byte, std::int64_t count = 1);

/// Unlocks at the end of a scope what was locked before it.
class byte_unlock {
  public:
    byte_unlock(int file, std::int64_t byte) : file_(file), byte_(byte) {}
    ~byte_unlock() { unlock_byte(file_, byte_); }
    byte_unlock(byte_unlock const&) = delete;
    byte_unlock& operator=(byte_unlock const&) = delete;

  private:
    int file_;
    std::int64_t byte_;
};

}  // namespace cf::shared_memory
