#include "daemon/display/reports.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace tcpplexd {

namespace json = boost::json;

namespace {

group_member const* member_of(display_subject const& subject, stack::member_id id) {
    auto const found = std::find_if(subject.members.begin(), subject.members.end(),
                                    [&](group_member const& each) { return each.id == id; });
    return found == subject.members.end() ? nullptr : &*found;
}

std::string_view name_of(stack::distribution_method method) {
    using stack::distribution_method;
    switch (method) {
        case distribution_method::base_wlm:
            return "BASEWLM";
        case distribution_method::server_wlm:
            return "SERVERWLM";
        case distribution_method::round_robin:
            return "ROUNDROBIN";
        case distribution_method::weighted_active:
            return "WEIGHTEDACTIVE";
        case distribution_method::hot_standby:
            return "HOTSTANDBY";
    }
    return {};
}

/// Adds who a row is about: the stack and its dynamic XCF address of the DVIPA's family.
void put_member(json::object& into, display_subject const& subject, stack::member_id id,
                stack::address const& dvipa) {
    auto const* member = member_of(subject, id);
    into["stack"] = member != nullptr ? member->name : std::string();
    into["destinationXcf"] =
        member != nullptr ? member->definitions.xcf_for(dvipa).to_string() : std::string();
}

}  // namespace

json::object routing_table_document(display_subject const& subject, display_filter const& filter) {
    json::array routes;
    each_route(subject, [&](stack::routing_row const& row) {
        if (!filter.wants(row.tuple)) return;
        json::object each{{"destination", describe(row.tuple.local)},
                          {"source", describe(row.tuple.remote)},
                          {"inbound", row.inbound}};
        put_member(each, subject, row.holder, row.tuple.local.host);
        routes.push_back(std::move(each));
    });
    auto result = document(subject, "vcrt");
    put_rows(result, "routes", std::move(routes), filter);
    return result;
}

json::object destination_table_document(display_subject const& subject,
                                        display_filter const& filter) {
    json::array destinations;
    subject.core.each_destination([&](stack::destination_row const& row) {
        if (!filter.wants({row.service, {}})) return;
        json::object each{{"destination", describe(row.service)},
                          {"ready", row.listeners},
                          {"totalConnections", row.total_connections},
                          {"activeConnections", row.active_connections},
                          {"weight", row.weight},
                          {"responsiveness", row.responsiveness},
                          {"connectivitySuccessRate", row.arrived},
                          {"establishmentRate", row.established},
                          {"acceptEfficiency", row.accepted},
                          {"health", row.room},
                          {"distMethod", name_of(row.method)},
                          {"active", !row.stands_by},
                          {"dynamic", row.dynamic}};
        put_member(each, subject, row.target, row.service.host);
        destinations.push_back(std::move(each));
    });
    auto result = document(subject, "vdpt");
    put_rows(result, "destinations", std::move(destinations), filter);
    return result;
}

}  // namespace tcpplexd
