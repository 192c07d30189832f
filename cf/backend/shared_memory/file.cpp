#include "cf/backend/shared_memory/file.hpp"

#include "cf/backend/shared_memory/byte_lock.hpp"
#include "cf/backend/shared_memory/identity.hpp"
#include "cf/backend/shared_memory/table_size.hpp"

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cf::shared_memory {

namespace {

// A descriptor that closes itself.
class owned_descriptor {
  public:
    explicit owned_descriptor(int value) : value_(value) {}
    owned_descriptor(owned_descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
    owned_descriptor& operator=(owned_descriptor&&) = delete;
    ~owned_descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    int get() const { return value_; }
    int release() { return std::exchange(value_, -1); }

  private:
    int value_;
};

failure refusal(std::string const& path, std::string const& why, std::string const& remedy) {
    return {error::unavailable, "coupling facility file " + path + ": " + why + ". " + remedy};
}

failure system_refusal(std::string const& path, char const* call) {
    auto const* why = std::strerror(errno);
    return refusal(path, std::string(call) + ": " + why,
                   "Its directory must exist and be writable for the stacks.");
}

char const* const other_path =
    "It was left as it is. Name another path for the coupling facility, or end all stacks that use "
    "this file and remove it.";

// A new file under a name of its own, complete but for being visible.
result<std::string> make_file(std::string const& path, std::uint32_t connections) {
    auto name = path + ".XXXXXX";
    owned_descriptor file(::mkostemp(name.data(), O_CLOEXEC));
    if (file.get() < 0) return system_refusal(path, "create");
    auto id = current_identity(connections);
    bool made = ::ftruncate(file.get(), static_cast<off_t>(id.file_bytes)) == 0 &&
                ::posix_fallocate(file.get(), 0, offsetof(file_contents, first)) == 0 &&
                ::pwrite(file.get(), &id, sizeof id, 0) == static_cast<ssize_t>(sizeof id);
    if (made) return name;
    auto refused = system_refusal(path, "create");
    ::unlink(name.c_str());
    return refused;
}

// link(2) fails if another starter was first: then that starter's file is the facility.
result<> create(std::string const& path, std::uint32_t connections) {
    auto made = make_file(path, connections);
    if (!made) return made.error();
    int linked = ::link(made->c_str(), path.c_str());
    int why = errno;
    ::unlink(made->c_str());
    errno = why;
    if (linked != 0 && why != EEXIST) return system_refusal(path, "create");
    return {};
}

// Holds the replacing lock of the old file, so that nobody replaces twice.
result<> replace(std::string const& path, int old, std::uint32_t connections) {
    if (!lock_byte(old, replace_byte, std::chrono::seconds(1)))
        return refusal(path, "another stack has been replacing it for more than 1 s",
                       "If that stack is stopped, continue or end it.");
    byte_unlock unlock(old, replace_byte);
    struct stat at_path {
    }, opened{};
    if (::stat(path.c_str(), &at_path) != 0 || ::fstat(old, &opened) != 0 ||
        at_path.st_ino != opened.st_ino || at_path.st_dev != opened.st_dev)
        return {};  // somebody has replaced it meanwhile
    if (byte_locked_elsewhere(old, lock_base, 1024))
        return refusal(path, "it belongs to another machine or boot, and stacks use it",
                       other_path);
    auto made = make_file(path, connections);
    if (!made) return made.error();
    if (::rename(made->c_str(), path.c_str()) == 0) return {};
    auto refused = system_refusal(path, "replace");
    ::unlink(made->c_str());
    return refused;
}

result<inspection> inspect_file(std::string const& path, int file, std::uint32_t connections) {
    struct stat status {};
    if (::fstat(file, &status) != 0) return system_refusal(path, "stat");
    if (!S_ISREG(status.st_mode)) return refusal(path, "it is not a regular file", other_path);
    if (status.st_uid != ::geteuid())
        return refusal(path, "it belongs to user " + std::to_string(status.st_uid), other_path);
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return refusal(path, "others than its owner may write it", other_path);
    identity found{};
    if (::pread(file, &found, sizeof found, 0) < 0) return system_refusal(path, "read");
    return inspect(found, static_cast<std::uint64_t>(status.st_size),
                   current_identity(connections));
}

// The usable file, or -1 if the next round has to look again.
result<int> open_once(std::string const& path, std::uint32_t connections) {
    owned_descriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (file.get() < 0 && errno == ENOENT) {
        if (auto created = create(path, connections); !created) return created.error();
        return -1;
    }
    if (file.get() < 0) return system_refusal(path, "open");
    auto found = inspect_file(path, file.get(), connections);
    if (!found) return found.error();
    if (found->what == verdict::refused) return refusal(path, found->found, other_path);
    if (found->what == verdict::ours) return file.release();
    if (auto replaced = replace(path, file.get(), connections); !replaced) return replaced.error();
    return -1;
}

}  // namespace

result<mapped_file> mapped_file::open(std::string const& path, std::uint32_t connections) {
    if (!is_table_size(connections))
        return refusal(path,
                       "it cannot have tables of " + std::to_string(connections) + " connections",
                       "Ask for a power of two from " + std::to_string(least_connections) + " to " +
                           std::to_string(most_connections) + ".");
    // Each round ends with a file of this boot at the path, unless somebody removes it between.
    for (int round = 0; round < 10; ++round) {
        auto file = open_once(path, connections);
        if (!file) return file.error();
        if (*file < 0) continue;
        owned_descriptor owned(*file);
        void* base = ::mmap(nullptr, sizeof(file_contents), PROT_READ | PROT_WRITE, MAP_SHARED,
                            owned.get(), 0);
        if (base == MAP_FAILED) return system_refusal(path, "map");
        return mapped_file(path, owned.release(), std::launder(static_cast<file_contents*>(base)));
    }
    return refusal(path, "it appears and disappears", "Find out what removes it.");
}

mapped_file::mapped_file(mapped_file&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      contents_(std::exchange(other.contents_, nullptr)) {}

mapped_file::~mapped_file() {
    if (contents_ != nullptr) ::munmap(static_cast<void*>(contents_), sizeof(file_contents));
    if (descriptor_ >= 0) ::close(descriptor_);
}

bool mapped_file::reserve(void const* begin, std::size_t bytes) const {
    auto offset = static_cast<char const*>(begin) - reinterpret_cast<char const*>(contents_);
    return ::posix_fallocate(descriptor_, offset, static_cast<off_t>(bytes)) == 0;
}

}  // namespace cf::shared_memory
