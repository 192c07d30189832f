// The paths of which something is known.
#pragma once

#include "stack/core/flat_table.hpp"
#include "stack/core/siphash.hpp"
#include "stack/core/slab.hpp"
#include "stack/tcp/path/path.hpp"

#include <cstddef>

namespace stack::tcp {

/// At most limits::max_paths; the one that was not used for longest gives way.
class path_table {
  public:
    explicit path_table(siphash_key const& key) : key_(key) {}

    /// Null if nothing is known. Valid until the next call of another function than this.
    path* find(address const& local, address const& remote);
    /// A path of which nothing is known yet, if it is not there.
    path& learn(address const& local, address const& remote);
    /// The path is like any other.
    void forget(address const& local, address const& remote);
    std::size_t size() const { return paths_.size(); }

  private:
    std::uint32_t hash(address const& local, address const& remote) const;
    auto is(address const& local, address const& remote) const {
        return [&, this](std::uint32_t index) {
            return paths_[index].local == local && paths_[index].remote == remote;
        };
    }

    siphash_key key_;
    slab<path> paths_;
    flat_table places_;
    index_list<path, &path::age> ages_;
};

}  // namespace stack::tcp
