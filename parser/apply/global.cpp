#include "parser/apply/application.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

template <typename Value, typename Wanted>
void take(Value& current, std::optional<Wanted> const& wanted) {
    if (wanted) current = *wanted;
}

/// What decides who is in the group can only be said before the stack is in one.
void refuse_when_active(application& run, span where, std::string_view parameter) {
    run.error(where, fmt::format("{} can't be specified while the stack runs", parameter),
              "change the profile and start the stack again", "EZZ0790I");
}

}  // namespace

void carry_out(application& run, globalconfig_statement const& wanted, span where) {
    auto& global = run.next.global;
    bool const active = run.when == phase::obeyfile;
    if (active && wanted.no_join) refuse_when_active(run, *wanted.no_join, "NOJOIN");
    if (wanted.no_join) global.join = false;
    if (wanted.xcf_group_id && global.xcf_group_id != wanted.xcf_group_id->value) {
        if (active) refuse_when_active(run, wanted.xcf_group_id->where, "XCFGRPID");
        global.xcf_group_id = wanted.xcf_group_id->value;
    }
    take(global.adjust_dvipa_mss, wanted.adjust_dvipa_mss);
    take(global.wlm_poll_seconds, wanted.wlm_poll_seconds);
    if (auto const& given = wanted.explicit_bind_ports) {
        global.explicit_bind_ports = *given ? std::optional((*given)->value) : std::nullopt;
        if (*given) ++global.explicit_bind_specified.count;
    }

    auto& monitor = global.monitor;
    take(monitor.auto_rejoin, wanted.auto_rejoin);
    take(monitor.delay_join, wanted.delay_join);
    take(monitor.interfaces, wanted.monitor_interfaces);
    take(monitor.dynamic_routes, wanted.dynamic_routes);
    take(monitor.recovery, wanted.recovery);
    take(monitor.seconds, wanted.monitor_seconds);
    if (monitor.auto_rejoin && !monitor.recovery)
        run.warning(where, "AUTOREJOIN has a meaning only with RECOVERY",
                    "write SYSPLEXMONITOR RECOVERY AUTOREJOIN");
}

void carry_out(application& run, primaryinterface_statement const& wanted) {
    auto const& name = wanted.interface.value;
    if (run.find.interface(name) == nullptr)
        return run.missing(wanted.interface.where,
                           fmt::format("PRIMARYINTERFACE {} is no interface", name),
                           "define the interface before it");
    run.next.primary_interface = name;
}

}  // namespace parser
