// Socket options as they travel: those named change, the others stay.
#pragma once

#include "app/json_members.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace app {

/// Names and units are those of the Linux options. A value of 0 is the stack's own choice again,
/// but of linger_time.
struct socket_options {
    std::optional<bool> nodelay = {};               ///< TCP_NODELAY
    std::optional<bool> cork = {};                  ///< TCP_CORK
    std::optional<bool> quickack = {};              ///< TCP_QUICKACK; it stays set
    std::optional<bool> keepalive = {};             ///< SO_KEEPALIVE
    std::optional<bool> linger = {};                ///< SO_LINGER, l_onoff
    std::optional<std::uint32_t> linger_time = {};  ///< l_linger, seconds; 0: reset at close
    std::optional<std::uint32_t> keepidle = {};     ///< TCP_KEEPIDLE, seconds
    std::optional<std::uint32_t> keepintvl = {};    ///< TCP_KEEPINTVL, seconds
    std::optional<std::uint32_t> keepcnt = {};      ///< TCP_KEEPCNT
    std::optional<std::uint32_t> maxseg = {};       ///< TCP_MAXSEG, bytes; before connect or listen
    std::optional<std::uint32_t> user_timeout = {};  ///< TCP_USER_TIMEOUT, milliseconds
    std::optional<std::uint32_t> sndbuf = {};        ///< SO_SNDBUF, bytes
    std::optional<std::uint32_t> rcvbuf = {};        ///< SO_RCVBUF, bytes
    std::string congestion = {};  ///< TCP_CONGESTION: "cubic", "reno"; empty: stays

    friend bool operator==(socket_options const&, socket_options const&) = default;
};

/// Leaves out what is not named.
boost::json::object options_json(socket_options const& options);
/// The object `name`, which may be missing.
socket_options take_socket_options(json_members& members, std::string_view name);

}  // namespace app
