// The socket options that are a flag or a number: how they travel, and what Linux calls them.
#pragma once

#include "app/message/socket_options.hpp"

#include <array>

namespace app {

struct flag_option {
    char const* member;      ///< of the JSON object
    char const* linux_name;  ///< nullptr: a part of SO_LINGER
    std::optional<bool> socket_options::*value;
};
inline constexpr std::array flag_options{
    flag_option{"nodelay", "TCP_NODELAY", &socket_options::nodelay},
    flag_option{"cork", "TCP_CORK", &socket_options::cork},
    flag_option{"quickack", "TCP_QUICKACK", &socket_options::quickack},
    flag_option{"keepalive", "SO_KEEPALIVE", &socket_options::keepalive},
    flag_option{"linger", nullptr, &socket_options::linger}};

struct number_option {
    char const* member;
    char const* linux_name;
    std::optional<std::uint32_t> socket_options::*value;
    std::uint32_t highest;
    char const* unit;
};
// Times and counts end where Linux ends them.
inline constexpr std::array number_options{
    number_option{"linger_time", "SO_LINGER", &socket_options::linger_time, 65535, "seconds"},
    number_option{"keepidle", "TCP_KEEPIDLE", &socket_options::keepidle, 32767, "seconds"},
    number_option{"keepintvl", "TCP_KEEPINTVL", &socket_options::keepintvl, 32767, "seconds"},
    number_option{"keepcnt", "TCP_KEEPCNT", &socket_options::keepcnt, 127, "probes"},
    number_option{"maxseg", "TCP_MAXSEG", &socket_options::maxseg, 65535, "bytes"},
    number_option{"user_timeout", "TCP_USER_TIMEOUT", &socket_options::user_timeout, 0x7fffffff,
                  "milliseconds"},
    number_option{"sndbuf", "SO_SNDBUF", &socket_options::sndbuf, 0x7fffffff, "bytes"},
    number_option{"rcvbuf", "SO_RCVBUF", &socket_options::rcvbuf, 0x7fffffff, "bytes"}};

}  // namespace app
