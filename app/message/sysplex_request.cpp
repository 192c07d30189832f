#include "app/message/sysplex_request.hpp"

#include <array>
#include <limits>

namespace app {

namespace {

constexpr std::size_t longest_job = 8;

struct action_entry {
    sysplex_action action;
    char const* word;
    bool has_dvipa = false;
    bool has_servers = false;
};
constexpr std::array actions{
    action_entry{sysplex_action::leave_group, "leaveGroup"},
    action_entry{sysplex_action::join_group, "joinGroup"},
    action_entry{.action = sysplex_action::deactivate, .word = "deactivate", .has_dvipa = true},
    action_entry{.action = sysplex_action::reactivate, .word = "reactivate", .has_dvipa = true},
    action_entry{.action = sysplex_action::quiesce, .word = "quiesce", .has_servers = true},
    action_entry{.action = sysplex_action::resume, .word = "resume", .has_servers = true},
    action_entry{.action = sysplex_action::create_vipa, .word = "createVipa", .has_dvipa = true},
    action_entry{.action = sysplex_action::delete_vipa, .word = "deleteVipa", .has_dvipa = true}};

action_entry const& take_action(json_members& m) {
    auto const word = m.text("action");
    for (auto const& each : actions)
        if (word == each.word) return each;
    m.fault(
        "action is none of leaveGroup, joinGroup, deactivate, reactivate, quiesce, resume, "
        "createVipa and deleteVipa");
    return actions.front();
}

void take_servers(json_members& m, sysplex_request& to) {
    if (auto const port = m.optional_number("port", std::numeric_limits<std::uint16_t>::max())) {
        to.port = static_cast<std::uint16_t>(*port);
        if (*port == 0) m.fault("port is 0");
    }
    to.job = m.text_or_empty("job");
    if (to.job.size() > longest_job) m.fault("job has more than 8 characters");
}

}  // namespace

boost::json::object sysplex_json(sysplex_request const& asked) {
    boost::json::object o{{"request", "sysplex"}};
    for (auto const& each : actions)
        if (each.action == asked.action) o["action"] = each.word;
    if (!asked.dvipa.empty()) o["dvipa"] = asked.dvipa;
    if (asked.port) o["port"] = *asked.port;
    if (!asked.job.empty()) o["job"] = asked.job;
    o["command"] = asked.command;
    return o;
}

sysplex_request take_sysplex(json_members& m) {
    auto const& entry = take_action(m);
    sysplex_request r{entry.action, m.text_or_empty("dvipa"), m.text("command")};
    if (entry.has_dvipa && r.dvipa.empty()) m.fault("dvipa is missing");
    if (!entry.has_dvipa && m.has("dvipa")) m.fault("this action has no dvipa");
    if (entry.has_servers) take_servers(m, r);
    return r;
}

}  // namespace app
