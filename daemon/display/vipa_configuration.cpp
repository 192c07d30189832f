#include "daemon/change/translate.hpp"
#include "daemon/display/reports.hpp"

#include <boost/json/array.hpp>

namespace tcpplexd {

namespace json = boost::json;

namespace {

std::string_view name_of(parser::vipa_move how) {
    return how == parser::vipa_move::immediate ? "Immediate" : "WhenIdle";
}

/// IPv6 definitions have a name.
void describe_interface(json::object& into, std::string const& name) {
    if (!name.empty()) into["interface"] = name;
}

void describe_sharing(json::object& into, std::optional<parser::port_sharing> const& sharing) {
    into["sysplexPorts"] = sharing.has_value();
    if (!sharing) return;
    into["form"] = parser::to_string(sharing->form);
    into["grain"] = sharing->grain;
}

json::object describe_vipa(parser::configuration const& all,
                           parser::dvipa_configuration const& from) {
    json::object result{{"address", from.address.to_string()}};
    describe_interface(result, from.interface);
    if (from.activation) {
        result["prefixLength"] = from.activation->prefix_length;
        result["moveable"] = name_of(from.activation->moveable);
    }
    if (from.made_by == parser::dvipa_configuration::origin::backup) result["rank"] = from.rank;
    describe_sharing(result, all.sharing(from.address));
    return result;
}

json::object describe_distribution(parser::configuration const& all,
                                   parser::dvipa_configuration const& of,
                                   parser::distribution const& from) {
    json::object result{{"address", of.address.to_string()},
                        {"sysplexPorts", all.sharing(of.address).has_value()},
                        {"distMethod", parser::to_string(from.method)},
                        {"timedAffinity", from.affinity_seconds},
                        {"optLocal", from.optlocal.has_value()}};
    if (from.method != parser::distribution_method::hot_standby) return result;
    result["autoSwitchBack"] = from.switch_back;
    result["healthSwitch"] = from.health_switch;
    return result;
}

void describe_target(json::object& into, parser::distribution const& of,
                     parser::distribution_target const& from) {
    into["destinationXcf"] = from.xcf.to_string();
    if (of.method == parser::distribution_method::weighted_active) into["weight"] = from.weight;
    if (!from.standby) return;
    into["standby"] = from.standby->preferred ? "PREFERRED" : "BACKUP";
    if (!from.standby->preferred) into["rank"] = from.standby->rank;
}

/// A row for each port and target.
void describe_rows(json::array& into, parser::configuration const& all,
                   parser::dvipa_configuration const& of, parser::distribution const& from) {
    auto const rows = [&](std::uint16_t port) {
        auto row = describe_distribution(all, of, from);
        row["port"] = port;
        if (from.all_targets) {
            row["destinationXcf"] = "ALL";
            into.push_back(row);
        }
        for (auto const& target : from.targets) {
            describe_target(row, from, target);
            into.push_back(row);
        }
    };
    if (!from.ports) return rows(0);
    for (std::uint32_t port = from.ports->first; port <= from.ports->last; ++port)
        rows(static_cast<std::uint16_t>(port));
}

}  // namespace

json::object vipa_configuration_document(display_subject const& subject,
                                         display_filter const& filter) {
    auto const& all = subject.configuration;
    json::array define, backup, distribute, range;
    for (auto const& each : all.dvipas) {
        if (filter.host && to_stack(each.address) != *filter.host) continue;
        auto& list = each.made_by == parser::dvipa_configuration::origin::define ? define : backup;
        list.push_back(describe_vipa(all, each));
        for (auto const& part : each.distributions)
            describe_rows(distribute, all, each, part);
    }
    for (auto const& each : all.ranges) {
        json::object row{
            {"network", each.network.network.to_string()},
            {"prefixLength", each.network.length},
            {"moveable",
             each.moveable == parser::range_move::nondisruptive ? "NonDisr" : "Disrupt"}};
        describe_interface(row, each.interface);
        describe_sharing(row, each.sharing);
        range.push_back(std::move(row));
    }
    auto result = document(subject, "vipadcfg");
    result["joined"] = true;
    result["define"] = std::move(define);
    result["backup"] = std::move(backup);
    result["range"] = std::move(range);
    json::array routes;
    for (auto const& [xcf, via] : all.vipa_routes)
        routes.push_back({{"destinationXcf", xcf.to_string()}, {"target", via.to_string()}});
    result["route"] = std::move(routes);
    put_rows(result, "distribute", std::move(distribute), filter);
    return result;
}

}  // namespace tcpplexd
