#include "daemon/change/translate.hpp"
#include "daemon/display/reports.hpp"
#include "daemon/sysplex/vipa_routes.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace tcpplexd {

namespace json = boost::json;

namespace {

/// This stack's part in the distribution: "Dist" sends connections on, "Dest" gets them.
std::string_view distribution_status(stack::dvipa_settings const& from, stack::member_id self) {
    bool const distributes =
        !from.distributions.empty() && from.part == stack::dvipa_settings::role::owner;
    bool const receives = from.is_target(self);
    if (distributes && receives) return "Dist/Dest";
    if (distributes) return "Dist";
    return receives ? "Dest" : "";
}

using kind = dvipa_definition::kind;
using role = stack::dvipa_settings::role;

/// What this stack itself defines.
dvipa_definition const* claim_of(display_subject const& subject, stack::address const& dvipa) {
    return subject.members.front().definitions.find(dvipa);
}

std::string_view status_name(display_subject const& subject, stack::dvipa_settings const& from) {
    auto const* const claim = claim_of(subject, from.host);
    bool const deactivated = claim != nullptr && claim->deactivated;
    if (from.part == role::moving) return deactivated ? "Quiescing" : "Moving";
    if (from.part == role::owner || claim == nullptr) return "Active";
    // A backup may be a target meanwhile; it is the same row of the report.
    return deactivated ? "Deactivated" : "Backup";
}

std::string_view origin_name(dvipa_definition const* claim) {
    if (claim == nullptr) return "VIPADistribute target";
    switch (claim->origin) {
        case kind::define:
            return "VIPADefine";
        case kind::backup:
            return "VIPABackup";
        case kind::range:
            break;
    }
    return "VIPARange Bind";
}

bool has_a_role(display_subject const& subject, stack::address const& dvipa) {
    return std::any_of(subject.settings.dvipas.begin(), subject.settings.dvipas.end(),
                       [&](auto const& each) { return each.host == dvipa; });
}

json::value active_since(display_subject const& subject, stack::address const& dvipa) {
    auto const found = subject.active_since.find(dvipa);
    return found == subject.active_since.end() ? json::value(nullptr)
                                               : json::value(time_text(found->second));
}

json::object describe_active(display_subject const& subject, stack::dvipa_settings const& from) {
    return {{"address", from.host.to_string()},
            {"prefixLength", from.prefix_length},
            {"status", status_name(subject, from)},
            {"origin", origin_name(claim_of(subject, from.host))},
            {"distStatus", distribution_status(from, subject.settings.self)},
            {"activeSince", active_since(subject, from.host)}};
}

/// Defined here, and active on another stack or nowhere.
json::object describe_claim(dvipa_definition const& from) {
    return {{"address", from.host.to_string()},
            {"prefixLength", from.prefix_length},
            {"status", from.deactivated ? "Deactivated" : "Backup"},
            {"origin", origin_name(&from)},
            {"distStatus", ""},
            {"activeSince", nullptr}};
}

std::string_view name_of(vipa_route_state::kind status) {
    switch (status) {
        case vipa_route_state::kind::defined:
            return "Defined";
        case vipa_route_state::kind::active:
            return "Active";
        case vipa_route_state::kind::inactive:
            break;
    }
    return "Inactive";
}

json::array describe_routes(display_subject const& subject) {
    json::array result;
    for (auto const& each : vipa_route_states(subject.settings, subject.members))
        result.push_back({{"destinationXcf", each.route.xcf.to_string()},
                          {"target", each.route.via.to_string()},
                          {"status", name_of(each.status)}});
    return result;
}

}  // namespace

json::object vipa_state_document(display_subject const& subject, display_filter const& filter) {
    json::array dvipas;
    auto const wanted = [&](stack::address const& host) {
        return !filter.host || *filter.host == host;
    };
    for (auto const& each : subject.settings.dvipas)
        if (wanted(each.host)) dvipas.push_back(describe_active(subject, each));
    for (auto const& each : subject.members.front().definitions.dvipas)
        if (wanted(each.host) && !has_a_role(subject, each.host))
            dvipas.push_back(describe_claim(each));
    auto result = document(subject, "vipadyn");
    put_rows(result, "dvipas", std::move(dvipas), filter);
    result["vipaRoutes"] = describe_routes(subject);
    return result;
}

}  // namespace tcpplexd
