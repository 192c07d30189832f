// The open connections of one control connection, by the numbers its application knows them by.
#pragma once

#include "daemon/application/shard_socket.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace tcpplexd {

/// Connections end without a word to it: their sockets are stale then, and names of stale ones go
/// whenever there could be as many of them as of others.
class connection_names {
  public:
    /// `is_open(socket)` tells which of the others may go.
    template <class IsOpen>
    void add(std::uint64_t connection, shard_socket const& socket, IsOpen&& is_open) {
        if (sockets_.size() >= limit_) {
            erase_if(sockets_, [&](auto const& each) { return !is_open(each.second); });
            limit_ = std::max(least, 2 * sockets_.size());
        }
        sockets_.emplace(connection, socket);
    }
    /// Invalid if there is none; may be stale.
    shard_socket find(std::uint64_t connection) const {
        auto const found = sockets_.find(connection);
        return found == sockets_.end() ? shard_socket{} : found->second;
    }
    std::size_t size() const { return sockets_.size(); }

  private:
    static constexpr std::size_t least = 64;
    boost::unordered_flat_map<std::uint64_t, shard_socket> sockets_;
    std::size_t limit_ = least;
};

}  // namespace tcpplexd
