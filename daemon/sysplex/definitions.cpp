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

json::value describe(distribution const& part) {
    json::array targets;
    for (auto const& target : part.targets)
        targets.emplace_back(target.to_string());
    return {{"ports", json::value_from(part.ports)},
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

distribution read_distribution(json::object const& from) {
    distribution result;
    result.to_all = member(from, "all").as_bool();
    for (auto const& port : member(from, "ports").as_array()) {
        auto const number = port.as_int64();
        if (number < 1 || number > 65535) throw std::invalid_argument("a port is not of 1..65535");
        result.ports.push_back(static_cast<std::uint16_t>(number));
    }
    for (auto const& target : member(from, "targets").as_array())
        result.targets.push_back(read_address(target));
    return result;
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

}  // namespace

dvipa_definition const* member_definitions::find(stack::address const& host) const {
    auto const found = std::find_if(dvipas.begin(), dvipas.end(),
                                    [&](auto const& each) { return each.host == host; });
    return found == dvipas.end() ? nullptr : &*found;
}

std::string to_json(member_definitions const& definitions) {
    json::array dvipas;
    for (auto const& each : definitions.dvipas)
        dvipas.push_back(describe(each));
    return json::serialize(json::value{{"dynamicXcf", definitions.dynamic_xcf.to_string()},
                                       {"dynamicXcf6", definitions.dynamic_xcf6.to_string()},
                                       {"joined", definitions.joined},
                                       {"dvipas", std::move(dvipas)}});
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
        auto const& dvipas = member(top, "dvipas").as_array();
        if (dvipas.size() > most_dvipas) throw std::invalid_argument("more than 1024 DVIPAs");
        for (auto const& each : dvipas)
            result.dvipas.push_back(read_definition(each.as_object()));
        return result;
    } catch (std::exception const& problem) {
        return std::string(problem.what());
    }
}

}  // namespace tcpplexd
