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

void describe_distribution(json::array& into, parser::configuration const& all,
                           parser::dvipa_configuration const& of,
                           parser::distribution const& from) {
    auto const row = [&](std::uint16_t port, std::string const& destination) {
        into.push_back(json::object{
            {"address", of.address.to_string()},
            {"port", port},
            {"destinationXcf", destination},
            {"sysplexPorts", all.sharing(of.address).has_value()},
            {"distMethod",
             from.method == parser::distribution_method::round_robin ? "ROUNDROBIN" : "BASEWLM"},
            {"timedAffinity", 0},
            {"optLocal", from.optlocal.has_value()}});
    };
    auto const rows = [&](std::uint16_t port) {
        if (from.all_targets) row(port, "ALL");
        for (auto const& target : from.targets)
            row(port, target.to_string());
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
            describe_distribution(distribute, all, each, part);
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
    put_rows(result, "distribute", std::move(distribute), filter);
    return result;
}

}  // namespace tcpplexd
