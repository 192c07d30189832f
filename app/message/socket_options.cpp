#include "app/message/socket_options.hpp"

#include "app/message/option_table.hpp"

namespace app {

namespace json = boost::json;

json::object options_json(socket_options const& options) {
    json::object object;
    for (auto const& each : flag_options)
        if (auto const value = options.*each.value) object[each.member] = *value;
    for (auto const& each : number_options)
        if (auto const value = options.*each.value) object[each.member] = *value;
    if (!options.congestion.empty()) object["congestion"] = options.congestion;
    return object;
}

socket_options take_socket_options(json_members& members, std::string_view name) {
    socket_options options;
    auto const* const object = members.optional_object(name);
    if (object == nullptr) return options;
    json_members inside(*object, members.path_of(name), members.others());
    for (auto const& each : flag_options)
        if (inside.has(each.member)) options.*each.value = inside.flag(each.member);
    for (auto const& each : number_options)
        if (auto const value = inside.optional_number(each.member, each.highest))
            options.*each.value = static_cast<std::uint32_t>(*value);
    options.congestion = inside.text_or_empty("congestion");
    members.include(inside);
    return options;
}

}  // namespace app
