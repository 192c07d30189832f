// Opens or creates the file of a facility, and refuses what is not one.
#pragma once

#include "cf/backend/shared_memory/layout.hpp"
#include "cf/failure.hpp"

#include <cstdint>
#include <string>

namespace cf::shared_memory {

/// The open and mapped file. Owns descriptor and mapping.
class mapped_file {
  public:
    /// Creates the file if there is none, atomically: of two starters both get the same. A file of
    /// an earlier boot whose stacks are gone is replaced. Anything else that is not a facility's
    /// file of this version, has tables of another size, or is not ours, is refused and left as it
    /// is. `connections`: entries of each DVIPA's table, for which is_table_size() holds.
    static result<mapped_file> open(std::string const& path, std::uint32_t connections);

    mapped_file(mapped_file&& other) noexcept;
    mapped_file& operator=(mapped_file&&) = delete;
    ~mapped_file();

    file_contents& contents() const { return *contents_; }
    int descriptor() const { return descriptor_; }
    std::string const& path() const { return path_; }
    /// Takes space in the file system for a part of the contents, so that using it cannot fail
    /// (SIGBUS) later.
    bool reserve(void const* begin, std::size_t bytes) const;

  private:
    mapped_file(std::string path, int descriptor, file_contents* contents)
        : path_(std::move(path)), descriptor_(descriptor), contents_(contents) {}

    std::string path_;
    int descriptor_;
    file_contents* contents_;
};

}  // namespace cf::shared_memory
