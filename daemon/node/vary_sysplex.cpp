// The operator's commands on a stack's part in the sysplex, and what they are answered with.
#include "daemon/node/names.hpp"
#include "daemon/node/node.hpp"

#include <fmt/format.h>

#include <utility>

namespace tcpplexd {

namespace {

/// The answer when the action is over.
node::operation_done answer(std::function<void(vary_outcome)> done,
                            std::vector<std::string> messages) {
    return [done = std::move(done), messages = std::move(messages)](std::string const& problem) {
        if (problem.empty()) return done({.messages = messages});
        done({.refused = problem});
    };
}

}  // namespace

void node::vary_sysplex(app::sysplex_request const& asked, std::function<void(vary_outcome)> done) {
    auto const dvipa = stack::address::parse(asked.dvipa);
    using action = app::sysplex_action;
    switch (asked.action) {
        case action::leave_group:
            return leave_group(answer(
                std::move(done),
                {"EZZ9676E SYSPLEX PROBLEM DETECTION CLEANUP HAS SUCCEEDED FOR " + host_.stack}));
        case action::join_group:
            return join_group(answer(
                std::move(done),
                {fmt::format("EZD1176I {} HAS SUCCESSFULLY JOINED THE TCP/IP SYSPLEX GROUP {}",
                             host_.stack, group_name(host_)),
                 "EZD1192I THE VIPADYNAMIC CONFIGURATION WAS SUCCESSFULLY RESTORED FOR " +
                     host_.stack}));
        case action::deactivate:
            return deactivate(dvipa.value(), answer(std::move(done), {}));
        case action::reactivate:
            return reactivate(dvipa.value(), answer(std::move(done), {}));
        case action::quiesce:
        case action::resume:
            return done(quiesce(asked));
        case action::create_vipa:
            return create_vipa(dvipa.value(), std::move(done));
        case action::delete_vipa:
            return delete_vipa(dvipa.value(), std::move(done));
    }
}

/// The ports that the command names, by number or by who listens there now.
std::set<std::uint16_t> node::servers_named(app::sysplex_request const& asked) const {
    if (asked.job.empty()) return asked.port ? std::set{*asked.port} : std::set<std::uint16_t>{};
    std::set<std::uint16_t> result;
    core_.each_connection([&](stack::connection_info const& each) {
        bool const is_its = each.state == stack::tcp::state::listen && each.job == asked.job;
        if (is_its && (!asked.port || *asked.port == each.tuple.local.port))
            result.insert(each.tuple.local.port);
    });
    return result;
}

vary_outcome node::quiesce(app::sysplex_request const& asked) {
    bool const ends = asked.action == app::sysplex_action::quiesce;
    if (!asked.port && asked.job.empty()) {
        quiesced_ = {.all = ends, .ports = {}};
    } else {
        auto const servers = servers_named(asked);
        if (servers.empty())
            return {.refused = fmt::format("job {} has no such listener on {} (tcpplex netstat "
                                           "allconn)",
                                           asked.job, host_.stack)};
        if (!ends && quiesced_.all)
            return {.refused =
                        "all servers of " + host_.stack + " are quiesced: resume them with TARGET"};
        for (auto const port : servers)
            ends ? void(quiesced_.ports.insert(port)) : void(quiesced_.ports.erase(port));
    }
    reconfigure();
    return {};
}

void node::create_vipa(stack::address const& dvipa, std::function<void(vary_outcome)> done) {
    auto const& owned = group_->members().front().owned;
    if (owned.contains(dvipa))
        return done({.messages = {dvipa.to_string() + " is active on " + host_.stack + " already"},
                     .return_code = app::vipa_active_already});
    created_.insert(dvipa);
    activate(dvipa, [this, dvipa, done = std::move(done)] {
        if (group_->members().front().owned.contains(dvipa)) return done({});
        created_.erase(dvipa);
        done(
            {.refused = fmt::format("{} is in no VIPARANGE of {}, or another stack has it and does "
                                    "not let it go (tcpplex display sysplex vipadyn)",
                                    dvipa.to_string(), host_.stack),
             .return_code = app::vipa_not_done});
    });
}

void node::delete_vipa(stack::address const& dvipa, std::function<void(vary_outcome)> done) {
    auto const gone = std::erase_if(
        made_in_range_, [&](dvipa_definition const& each) { return each.host == dvipa; });
    created_.erase(dvipa);
    if (gone == 0)
        return done(
            {.refused = fmt::format("{} is no DVIPA of a VIPARANGE on {}: others are deleted "
                                    "by VIPADELETE",
                                    dvipa.to_string(), host_.stack),
             .return_code = app::vipa_not_done});
    when_done([done = std::move(done)](std::string const& problem) {
        done({.messages = problem.empty() ? std::vector<std::string>{} : std::vector{problem}});
    });
}

}  // namespace tcpplexd
