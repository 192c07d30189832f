#include "daemon/change/translate.hpp"
#include "daemon/display/reports.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace tcpplexd {

namespace json = boost::json;

namespace {

bool has(std::vector<stack::member_id> const& list, stack::member_id who) {
    return std::find(list.begin(), list.end(), who) != list.end();
}

/// This stack's part in the distribution: "Dist" sends connections on, "Dest" gets them.
std::string_view distribution_status(stack::dvipa_settings const& from, stack::member_id self) {
    bool const distributes = from.distributed && from.part == stack::dvipa_settings::role::owner;
    bool const receives = has(from.targets, self);
    if (distributes && receives) return "Dist/Dest";
    if (distributes) return "Dist";
    return receives ? "Dest" : "";
}

using origin = parser::dvipa_configuration::origin;

bool is_backup(display_subject const& subject, stack::address const& dvipa) {
    auto const* configured = subject.configuration.find_dvipa(to_parser(dvipa));
    return configured != nullptr && configured->made_by == origin::backup;
}

std::string_view status_name(display_subject const& subject, stack::dvipa_settings const& from) {
    if (from.part == stack::dvipa_settings::role::moving) return "Moving";
    // A backup may be a target meanwhile; it is the same row of the report.
    return from.part == stack::dvipa_settings::role::target && is_backup(subject, from.host)
               ? "Backup"
               : "Active";
}

std::string_view origin_name(display_subject const& subject, stack::dvipa_settings const& from) {
    if (from.part != stack::dvipa_settings::role::target)
        return subject.configuration.find_dvipa(to_parser(from.host)) != nullptr ? "VIPADefine"
                                                                                 : "VIPARange Bind";
    return is_backup(subject, from.host) ? "VIPABackup" : "VIPADistribute target";
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
            {"origin", origin_name(subject, from)},
            {"distStatus", distribution_status(from, subject.settings.self)},
            {"activeSince", active_since(subject, from.host)}};
}

json::object describe_backup(parser::dvipa_configuration const& from) {
    return {
        {"address", from.address.to_string()},
        {"prefixLength", from.activation ? from.activation->prefix_length : from.address.bits()},
        {"status", "Backup"},
        {"origin", "VIPABackup"},
        {"distStatus", ""},
        {"activeSince", nullptr}};
}

}  // namespace

json::object vipa_state_document(display_subject const& subject, display_filter const& filter) {
    json::array dvipas;
    auto const wanted = [&](stack::address const& host) {
        return !filter.host || *filter.host == host;
    };
    for (auto const& each : subject.settings.dvipas)
        if (wanted(each.host)) dvipas.push_back(describe_active(subject, each));
    for (auto const& each : subject.configuration.dvipas)
        if (each.made_by == origin::backup && wanted(to_stack(each.address)) &&
            !has_a_role(subject, to_stack(each.address)))
            dvipas.push_back(describe_backup(each));
    auto result = document(subject, "vipadyn");
    put_rows(result, "dvipas", std::move(dvipas), filter);
    return result;
}

}  // namespace tcpplexd
