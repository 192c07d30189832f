#include "daemon/sysplex/definitions.hpp"

#include "daemon/sysplex/message_reader.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace tcpplexd {

namespace json = boost::json;

namespace {

constexpr std::size_t most_dvipas =
    1024;  // IP Configuration Reference, VIPADYNAMIC: 1,024 DVIPAs a stack

constexpr std::int64_t highest_port = 65535;

json::value describe(distribution_target const& part) {
    return {{"xcf", part.xcf.to_string()},
            {"weight", part.weight},
            {"preferred", part.preferred},
            {"rank", part.rank}};
}

json::value describe(distribution const& part) {
    json::array targets;
    for (auto const& target : part.targets)
        targets.push_back(describe(target));
    return {{"firstPort", part.first_port},
            {"lastPort", part.last_port},
            {"method", static_cast<unsigned>(part.method)},
            {"switchBack", part.switch_back},
            {"healthSwitch", part.health_switch},
            {"affinity", part.affinity_seconds},
            {"optLocal", part.opt_local ? json::value(*part.opt_local) : json::value(nullptr)},
            {"all", part.to_all},
            {"targets", std::move(targets)}};
}

json::value describe(dvipa_definition const& part) {
    json::array distributions;
    for (auto const& each : part.distributions)
        distributions.push_back(describe(each));
    return {{"address", part.host.to_string()},
            {"prefixLength", part.prefix_length},
            {"origin", static_cast<unsigned>(part.origin)},
            {"rank", part.rank},
            {"immediate", part.immediate},
            {"activates", part.activates},
            {"deactivated", part.deactivated},
            {"since", part.since},
            {"distributions", std::move(distributions)}};
}

json::value describe(std::optional<explicit_bind_range> const& part) {
    if (!part) return nullptr;
    return {{"first", part->first}, {"last", part->last}, {"since", part->since}};
}

distribution_target read_target(json::object const& from) {
    return {read_address(member(from, "xcf")), read_number<std::uint8_t>(from, "weight", 99),
            read_flag(from, "preferred"), read_number<std::uint8_t>(from, "rank", 254)};
}

distribution read_distribution(json::object const& from) {
    distribution result;
    result.first_port = read_number<std::uint16_t>(from, "firstPort", highest_port);
    result.last_port = read_number<std::uint16_t>(from, "lastPort", highest_port);
    if (result.last_port < result.first_port || (result.first_port == 0 && result.last_port != 0))
        throw std::invalid_argument("firstPort and lastPort are no range of ports");
    constexpr auto last_method = static_cast<std::int64_t>(stack::distribution_method::hot_standby);
    result.method =
        static_cast<stack::distribution_method>(read_number(from, "method", last_method));
    result.switch_back = read_flag(from, "switchBack");
    result.health_switch = read_flag(from, "healthSwitch");
    result.affinity_seconds = read_number<std::uint16_t>(from, "affinity", 9999);
    if (!member(from, "optLocal").is_null())
        result.opt_local = read_number<std::uint8_t>(from, "optLocal", 16);
    result.to_all = read_flag(from, "all");
    for (auto const& target : member(from, "targets").as_array())
        result.targets.push_back(read_target(target.as_object()));
    return result;
}

vipa_route read_route(json::object const& from) {
    return {read_address(member(from, "xcf")), read_address(member(from, "via"))};
}

dvipa_definition read_definition(json::object const& from) {
    dvipa_definition result;
    result.host = read_address(member(from, "address"));
    result.prefix_length = read_number<std::uint8_t>(from, "prefixLength", result.host.bits());
    result.origin = static_cast<dvipa_definition::kind>(read_number(from, "origin", 2));
    result.rank = read_number<std::uint8_t>(from, "rank", 255);
    result.immediate = read_flag(from, "immediate");
    result.activates = read_flag(from, "activates");
    result.deactivated = read_flag(from, "deactivated");
    result.since = read_number(from, "since", std::numeric_limits<std::int64_t>::max());
    for (auto const& each : member(from, "distributions").as_array())
        result.distributions.push_back(read_distribution(each.as_object()));
    return result;
}

std::optional<explicit_bind_range> read_bind_range(json::value const& from) {
    if (from.is_null()) return std::nullopt;
    auto const& members = from.as_object();
    // So that a later one can always be later.
    constexpr auto latest = std::numeric_limits<std::int64_t>::max() / 2;
    explicit_bind_range const result{read_number(members, "since", latest),
                                     read_number<std::uint16_t>(members, "first", highest_port),
                                     read_number<std::uint16_t>(members, "last", highest_port)};
    if (result.first < 1024 || result.last < result.first)
        throw std::invalid_argument("first and last are no range of ports from 1024 on");
    return result;
}

}  // namespace

dvipa_definition const* member_definitions::find(stack::address const& host) const {
    auto const found = std::find_if(dvipas.begin(), dvipas.end(),
                                    [&](auto const& each) { return each.host == host; });
    return found == dvipas.end() ? nullptr : &*found;
}

std::string to_json(member_definitions const& definitions) {
    json::array homes, routes, dvipas;
    for (auto const& each : definitions.homes)
        homes.push_back(json::value(each.to_string()));
    for (auto const& each : definitions.vipa_routes)
        routes.push_back({{"xcf", each.xcf.to_string()}, {"via", each.via.to_string()}});
    for (auto const& each : definitions.dvipas)
        dvipas.push_back(describe(each));
    return json::serialize(json::value{{"dynamicXcf", definitions.dynamic_xcf.to_string()},
                                       {"dynamicXcf6", definitions.dynamic_xcf6.to_string()},
                                       {"joined", definitions.joined},
                                       {"homes", std::move(homes)},
                                       {"vipaRoutes", std::move(routes)},
                                       {"dvipas", std::move(dvipas)},
                                       {"explicitBind", describe(definitions.explicit_bind)}});
}

boost::system::result<member_definitions, std::string> definitions_from_json(
    std::string_view text) {
    try {
        auto const document = json::parse(text);
        auto const& top = document.as_object();
        member_definitions result;
        result.dynamic_xcf = read_address(member(top, "dynamicXcf"));
        result.dynamic_xcf6 = read_address(member(top, "dynamicXcf6"));
        result.joined = read_flag(top, "joined");
        for (auto const& each : member(top, "homes").as_array())
            result.homes.push_back(read_address(each));
        for (auto const& each : member(top, "vipaRoutes").as_array())
            result.vipa_routes.push_back(read_route(each.as_object()));
        auto const& dvipas = member(top, "dvipas").as_array();
        if (dvipas.size() > most_dvipas) throw std::invalid_argument("more than 1024 DVIPAs");
        for (auto const& each : dvipas)
            result.dvipas.push_back(read_definition(each.as_object()));
        result.explicit_bind = read_bind_range(member(top, "explicitBind"));
        return result;
    } catch (std::exception const& problem) {
        return std::string(problem.what());
    }
}

}  // namespace tcpplexd
