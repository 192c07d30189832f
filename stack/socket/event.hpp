// What happens to sockets, told to whoever uses them.
#pragma once

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

#include <cstdint>

namespace stack {

using boost::system::error_code;
template <class T>
using result = boost::system::result<T>;

/// A socket of a shard; index plus generation, so a stale one is recognised.
struct socket_id {
    std::uint32_t index = 0xffffffff;
    std::uint32_t generation = 0;

    constexpr bool valid() const { return index != 0xffffffff; }
    friend constexpr bool operator==(socket_id const&, socket_id const&) = default;
};

/// Queued by the shard, drained by its user after each call into it.
struct event {
    enum class kind : std::uint8_t {
        bound,       ///< bind() finished; error says how
        listening,   ///< listen() finished; error says how
        connected,   ///< connect() finished; error says how
        acceptable,  ///< a listener has a connection to accept
        readable,    ///< data, or the end of the stream, can be read
        writable,    ///< room in a send buffer that was full
        finished,    ///< both directions are closed in order; the socket is gone
        failed  ///< the connection is dead (reset, timed out, ...); error says why; the socket is
                ///< still to be closed
    };
    kind what = kind::readable;
    socket_id socket;
    std::uint64_t cookie = 0;  ///< the user's own, from open()
    error_code error;
};

}  // namespace stack
