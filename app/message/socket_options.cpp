#include "app/message/socket_options.hpp"

#include <array>

namespace app {

namespace json = boost::json;

namespace {

struct flag_member {
    char const* name;
    std::optional<bool> socket_options::*value;
};
constexpr std::array flag_members{flag_member{"nodelay", &socket_options::nodelay},
                                  flag_member{"cork", &socket_options::cork},
                                  flag_member{"quickack", &socket_options::quickack},
                                  flag_member{"keepalive", &socket_options::keepalive},
                                  flag_member{"linger", &socket_options::linger}};

struct number_member {
    char const* name;
    std::optional<std::uint32_t> socket_options::*value;
    std::uint32_t highest;
};
// Times and counts end where Linux ends them.
constexpr std::array number_members{
    number_member{"linger_time", &socket_options::linger_time, 65535},
    number_member{"keepidle", &socket_options::keepidle, 32767},
    number_member{"keepintvl", &socket_options::keepintvl, 32767},
    number_member{"keepcnt", &socket_options::keepcnt, 127},
    number_member{"maxseg", &socket_options::maxseg, 65535},
    number_member{"user_timeout", &socket_options::user_timeout, 0x7fffffff},
    number_member{"sndbuf", &socket_options::sndbuf, 0x7fffffff},
    number_member{"rcvbuf", &socket_options::rcvbuf, 0x7fffffff}};

}  // namespace

json::object options_json(socket_options const& options) {
    json::object object;
    for (auto const& each : flag_members)
        if (auto const value = options.*each.value) object[each.name] = *value;
    for (auto const& each : number_members)
        if (auto const value = options.*each.value) object[each.name] = *value;
    if (!options.congestion.empty()) object["congestion"] = options.congestion;
    return object;
}

socket_options take_socket_options(json_members& members, std::string_view name) {
    socket_options options;
    auto const* const object = members.optional_object(name);
    if (object == nullptr) return options;
    json_members inside(*object, members.path_of(name), members.others());
    for (auto const& each : flag_members)
        if (inside.has(each.name)) options.*each.value = inside.flag(each.name);
    for (auto const& each : number_members)
        if (auto const value = inside.optional_number(each.name, each.highest))
            options.*each.value = static_cast<std::uint32_t>(*value);
    options.congestion = inside.text_or_empty("congestion");
    members.include(inside);
    return options;
}

}  // namespace app
