#include "daemon/display/facility_part.hpp"
#include "daemon/display/reports.hpp"
#include "daemon/sysplex/port_bridge.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace tcpplexd {

namespace json = boost::json;

namespace {

/// Ports that are no one's to assign: outside this stack's EPHEMERALPORTS, or of the pool, or
/// reserved by a PORT statement. Of the pool: outside it, or reserved.
cf::port_words never_assigned(stack::settings const& settings, bool of_pool) {
    stack::port_set result;
    for (std::uint32_t number = 0; number < 65536; ++number) {
        auto const port = static_cast<std::uint16_t>(number);
        bool const ephemeral =
            port >= settings.tcp.first_ephemeral && port <= settings.tcp.last_ephemeral;
        bool const in_pool = settings.explicit_bind.contains(port);
        if (of_pool ? !in_pool : !ephemeral || in_pool) result.insert(port);
    }
    for (auto const& each : settings.ports)
        if (each.tcp) result.insert(each.port);
    return result.words;
}

json::object describe_part(display_subject const& subject, cf::dvipa_usage::per_stack const& from) {
    auto const found =
        std::find_if(subject.members.begin(), subject.members.end(), [&](group_member const& each) {
            return each.id == stack::member_id{from.slot, from.incarnation};
        });
    bool const active = found != subject.members.end();
    return {{"stack", from.stack},
            {"system", active ? found->system : std::string()},
            {"slot", from.slot},
            {"incarnation", from.incarnation},
            {"state", active ? "active" : "failed"},
            {"inUse", from.in_use},
            {"service", from.services}};
}

json::object describe_usage(display_subject const& subject, cf::dvipa_usage const& from) {
    json::array stacks;
    std::uint64_t services = 0;
    for (auto const& each : from.stacks) {
        stacks.push_back(describe_part(subject, each));
        services = std::max<std::uint64_t>(services, each.services);
    }
    json::object shown{{"address", stack_address(from.address).to_string()},
                       {"state", cf::name_of(from.settings.state)},
                       {"form", cf::name_of(from.settings.form)},
                       {"grain", from.settings.grain},
                       {"inUse", from.in_use},
                       {"available", from.available},
                       {"service", services},
                       {"stacks", std::move(stacks)}};
    if (from.settings.form == cf::structure_form::hashtable)
        shown["connections"] = from.connections;
    if (from.settings.grain != 1) {
        auto const own = subject.facility.blocks(from.address);
        shown["blocks"] = {{"count", own.blocks}, {"ports", own.ports}, {"free", own.free}};
    }
    return shown;
}

// etcd: the keys' prefix, and where they are.
json::object describe_place(facility_settings const& facility) {
    if (facility.where == facility_settings::kind::shared_memory)
        return {{"kind", "shared-memory"}, {"path", facility.path}};
    json::array endpoints(facility.etcd.where.endpoints.begin(),
                          facility.etcd.where.endpoints.end());
    return {{"kind", "etcd"},
            {"path", "/tcpplex/" + facility.etcd.group + "/"},
            {"endpoints", std::move(endpoints)}};
}

}  // namespace

json::object facility_ports_document(display_subject const& subject, display_filter const& filter) {
    auto const excluded = never_assigned(subject.settings, false);
    auto const outside_pool = never_assigned(subject.settings, true);
    json::array dvipas;
    std::string problem;
    for (auto const& key : wanted_dvipas(subject, filter)) {
        bool const of_pool = stack_address(key) == stack::explicit_bind_pool;
        auto const usage = subject.facility.usage(key, of_pool ? outside_pool : excluded);
        if (usage)
            dvipas.push_back(describe_usage(subject, *usage));
        else
            problem = usage.error().text;
    }
    auto result = document(subject, "cf-ports");
    auto facility = describe_place(subject.facility_at);
    facility["state"] = problem.empty() ? std::string("available") : "unavailable: " + problem;
    result["facility"] = std::move(facility);
    auto const& recalls = subject.recalls;
    result["recalls"] = {
        {"asked", recalls.asked}, {"timedOut", recalls.timed_out}, {"served", recalls.served}};
    put_rows(result, "dvipas", std::move(dvipas), filter);
    return result;
}

}  // namespace tcpplexd
