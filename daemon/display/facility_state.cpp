// display cf connectors, locks and verify: who is connected, who has what locked, is all well.
#include "daemon/display/facility_part.hpp"

namespace tcpplexd {

namespace json = boost::json;

namespace {

/// How this stack stands with its lease; `millisecondsLeft` until it fences itself.
json::object describe_lease(cf::lease const& own) {
    auto const now = cf::boot_clock::now();
    auto const end = own.end();
    auto const left = end > now ? end - now : cf::boot_clock::duration::zero();
    return {
        {"state", cf::name_of(own.state(now))},
        {"millisecondsLeft", std::chrono::duration_cast<std::chrono::milliseconds>(left).count()}};
}

}  // namespace

json::object facility_connectors_document(display_subject const& subject) {
    json::array connectors;
    for (auto const& each : subject.facility.members())
        connectors.push_back(json::object{{"stack", each.who.stack},
                                          {"system", each.who.system},
                                          {"slot", each.slot},
                                          {"incarnation", each.incarnation},
                                          {"pid", each.who.pid},
                                          {"since", time_of(each.joined)},
                                          {"alive", subject.facility.alive(each)}});
    auto result = document(subject, "cf-connectors");
    result["connectors"] = std::move(connectors);
    if (auto const* const own = subject.facility.own_lease())
        result["lease"] = describe_lease(*own);
    return result;
}

json::object facility_locks_document(display_subject const& subject, display_filter const& filter) {
    auto const members = subject.facility.members();
    json::array locks;
    for (auto const& key : wanted_dvipas(subject, filter)) {
        auto const status = subject.facility.status(key);
        if (!status) continue;
        auto const holder = status->locked_by ? stack_in(members, *status->locked_by) : "";
        locks.push_back(json::object{{"address", stack_address(key).to_string()},
                                     {"holder", holder},
                                     {"version", status->version},
                                     {"inherited", status->inherited},
                                     {"repaired", status->repaired}});
    }
    auto result = document(subject, "cf-locks");
    put_rows(result, "locks", std::move(locks), filter);
    return result;
}

json::object facility_verify_document(display_subject const& subject,
                                      display_filter const& filter) {
    json::array violations, problems;
    std::uint64_t verified = 0;
    for (auto const& key : wanted_dvipas(subject, filter)) {
        auto const outcome = subject.facility.verify(key);
        if (!outcome) {
            problems.emplace_back(outcome.error().text);
            continue;
        }
        ++verified;
        for (auto const& each : outcome->violations)
            violations.push_back(
                json::object{{"address", stack_address(key).to_string()},
                             {"port", each.port},
                             {"stacks", json::array(each.stacks.begin(), each.stacks.end())},
                             {"text", each.text}});
    }
    auto result = document(subject, "cf-verify");
    result["verified"] = verified;
    result["violations"] = std::move(violations);
    result["problems"] = std::move(problems);
    result["standing"] = {{"checks", subject.checks.checks},
                          {"violations", subject.checks.violations}};
    return result;
}

}  // namespace tcpplexd
