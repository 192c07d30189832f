#include "daemon/display/reports.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <set>

namespace tcpplexd {

namespace json = boost::json;

namespace {

/// One stack's part in a DVIPA, or an empty object if it has none.
json::object part_of(group_member const& member, group_member const& owner,
                     stack::address const& dvipa) {
    bool const owns = member.id == owner.id;
    json::object result;
    for (auto const& each : roles(member.id, {owner, member})) {
        if (each.host != dvipa) continue;
        bool const receives = each.is_target(member.id);
        bool const distributes = owns && !each.distributions.empty();
        result = {{"stack", member.name},
                  {"system", member.system},
                  {"status", "ACTIVE"},
                  {"rank", 0},
                  {"dist", distributes && receives ? "BOTH"
                           : distributes           ? "DIST"
                           : receives              ? "DEST"
                                                   : ""}};
    }
    if (!result.empty()) return result;
    // Of two VIPADEFINEs the one that came first is a backup.
    if (auto const* const claim = member.definitions.find(dvipa))
        result = {{"stack", member.name},
                  {"system", member.system},
                  {"status", claim->deactivated ? "DEACT" : "BACKUP"},
                  {"rank", claim->origin == dvipa_definition::kind::backup ? claim->rank : 255},
                  {"dist", ""}};
    return result;
}

std::string_view name_of(dvipa_definition::kind origin) {
    switch (origin) {
        case dvipa_definition::kind::define:
            return "VIPADEFINE";
        case dvipa_definition::kind::backup:
            return "VIPABACKUP";
        case dvipa_definition::kind::range:
            break;
    }
    return "VIPARANGE BIND";
}

json::object describe_dvipa(display_subject const& subject, group_member const& owner,
                            dvipa_definition const& from) {
    json::array stacks;
    for (auto const& member : subject.members) {
        if (!member.id.valid()) continue;
        auto part = part_of(member, owner, from.host);
        if (!part.empty()) stacks.push_back(std::move(part));
    }
    return {{"address", from.host.to_string()},
            {"prefixLength", from.prefix_length},
            {"origin", name_of(from.origin)},
            {"stacks", std::move(stacks)}};
}

}  // namespace

json::object group_document(display_subject const& subject) {
    json::array members;
    bool const takes_part = subject.members.front().definitions.joined;
    for (auto const& each : subject.members) {
        if (!takes_part || !each.id.valid() || !each.definitions.joined) continue;
        json::object row{{"stack", each.name},
                         {"system", each.system},
                         {"slot", each.id.slot},
                         {"incarnation", each.id.incarnation},
                         {"dynamicXcf", each.definitions.dynamic_xcf.to_string()}};
        if (!each.definitions.dynamic_xcf6.is_unspecified())
            row["dynamicXcf6"] = each.definitions.dynamic_xcf6.to_string();
        members.push_back(std::move(row));
    }
    auto result = document(subject, "sysplex-group");
    result["group"] = takes_part ? subject.group : std::string();
    result["members"] = std::move(members);
    return result;
}

json::object explicit_bind_document(display_subject const& subject) {
    auto const describe = [](std::uint16_t first, std::uint16_t last) {
        return json::value{{"first", first}, {"last", last}};
    };
    auto result = document(subject, "sysplex-ports");
    bool const takes_part = subject.members.front().definitions.joined;
    result["group"] = takes_part ? subject.group : std::string();
    auto const& configured = subject.configuration.global.explicit_bind_ports;
    auto const& active = subject.settings.explicit_bind;
    if (configured) result["configured"] = describe(configured->first, configured->last);
    if (active.first != 0) result["active"] = describe(active.first, active.last);
    return result;
}

json::object sysplex_vipa_document(display_subject const& subject, display_filter const& filter) {
    json::array dvipas;
    for (auto const& member : subject.members) {
        for (auto const& each : member.definitions.dvipas) {
            if (filter.host && each.host != *filter.host) continue;
            if (!member.owned.contains(each.host)) continue;
            dvipas.push_back(describe_dvipa(subject, member, each));
        }
    }
    auto result = document(subject, "sysplex-vipadyn");
    put_rows(result, "dvipas", std::move(dvipas), filter);
    return result;
}

json::object display(display_subject const& subject, std::string_view report,
                     display_filter const& filter) {
    if (report == "conn") return connections_document(subject, filter, listing::active);
    if (report == "allconn") return connections_document(subject, filter, listing::all);
    if (report == "all") return connections_document(subject, filter, listing::detailed);
    if (report == "stats") return statistics_document(subject, filter);
    if (report == "home") return home_document(subject, filter);
    if (report == "vipadcfg") return vipa_configuration_document(subject, filter);
    if (report == "vipadyn") return vipa_state_document(subject, filter);
    if (report == "vcrt") return routing_table_document(subject, filter);
    if (report == "vdpt") return destination_table_document(subject, filter);
    if (report == "cf-ports") return facility_ports_document(subject, filter);
    if (report == "cf-trace") return facility_trace_document(subject, filter);
    if (report == "cf-structure") return facility_structure_document(subject, filter);
    if (report == "cf-connectors") return facility_connectors_document(subject);
    if (report == "cf-locks") return facility_locks_document(subject, filter);
    if (report == "cf-verify") return facility_verify_document(subject, filter);
    if (report == "explain") return explain_document(subject, filter);
    if (report == "sysplex-group") return group_document(subject);
    if (report == "sysplex-ports") return explicit_bind_document(subject);
    if (report == "sysplex-vipadyn") return sysplex_vipa_document(subject, filter);
    return {};
}

}  // namespace tcpplexd
