#include "stack/tcp/path/path_table.hpp"

#include "stack/tcp/limits.hpp"
#include "stack/tcp/tuple_hash.hpp"

namespace stack::tcp {

std::uint32_t path_table::hash(address const& local, address const& remote) const {
    return static_cast<std::uint32_t>(hash_of(key_, four_tuple{{local, 0}, {remote, 0}}));
}

path* path_table::find(address const& local, address const& remote) {
    if (paths_.size() == 0) return nullptr;
    auto const found = places_.find(hash(local, remote), is(local, remote));
    if (!found) return nullptr;
    ages_.erase(paths_, *found);
    ages_.push_back(paths_, *found);
    return &paths_[*found];
}

path& path_table::learn(address const& local, address const& remote) {
    if (path* const known = find(local, remote)) return *known;
    if (paths_.size() >= limits::max_paths) {
        path const oldest = paths_[ages_.front()];
        forget(oldest.local, oldest.remote);
    }
    std::uint32_t const index = paths_.emplace();
    paths_[index].local = local;
    paths_[index].remote = remote;
    places_.insert(hash(local, remote), index);
    ages_.push_back(paths_, index);
    return paths_[index];
}

void path_table::forget(address const& local, address const& remote) {
    auto const found = places_.find(hash(local, remote), is(local, remote));
    if (!found) return;
    places_.erase(hash(local, remote), is(local, remote));
    ages_.erase(paths_, *found);
    paths_.erase(*found);
}

}  // namespace stack::tcp
