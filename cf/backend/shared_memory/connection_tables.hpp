// The tables of connections in the facility's file, each mapped when it is first used.
#pragma once

#include "cf/backend/shared_memory/connection_table.hpp"
#include "cf/backend/shared_memory/file.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <mutex>

namespace cf::shared_memory {

/// Thread-safe; the tables are not. Outlived by the file.
class connection_tables {
  public:
    explicit connection_tables(mapped_file const& file) : file_(file) {}
    ~connection_tables();
    connection_tables(connection_tables const&) = delete;
    connection_tables& operator=(connection_tables const&) = delete;

    /// Takes space in the file system for the table, so that using it cannot fail later. False if
    /// there is none.
    bool reserve(std::size_t index);
    /// Makes at() usable; false if there is no address space left.
    bool map(std::size_t index);
    /// Only after map().
    connection_table at(std::size_t index) const;
    bool mapped(std::size_t index) const { return bases_[index].load() != nullptr; }

  private:
    std::size_t bytes() const;
    off_t offset(std::size_t index) const;

    mapped_file const& file_;
    std::mutex mutex_;
    std::array<std::atomic<void*>, dvipa_count> bases_{};
};

}  // namespace cf::shared_memory
