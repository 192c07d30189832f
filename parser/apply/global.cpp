#include "parser/apply/application.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

template <typename Value, typename Wanted>
bool take(Value& current, std::optional<Wanted> const& wanted) {
    if (!wanted || current == *wanted) return false;
    current = *wanted;
    return true;
}

/// What decides who is in the group can only be said before the stack is in one.
void refuse_when_active(application& run, span where, std::string_view parameter) {
    run.error(where, fmt::format("{} can't be specified while the stack runs", parameter),
              "change the profile and start the stack again", "EZZ0790I");
}

void set_explicit_bind_ports(application& run, std::optional<spanned<port_range>> const& wanted) {
    auto& current = run.next.global.explicit_bind_ports;
    std::optional<port_range> const value =
        wanted ? std::optional(wanted->value) : std::optional<port_range>();
    if (current == value) return;
    current = value;
    run.changed(change_kind::global_changed,
                value ? fmt::format("EXPLICITBINDPORTRANGE {} {}", value->first,
                                    value->last - value->first + 1)
                      : std::string("EXPLICITBINDPORTRANGE off"));
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
    if (take(global.adjust_dvipa_mss, wanted.adjust_dvipa_mss))
        run.changed(change_kind::global_changed, "ADJUSTDVIPAMSS changed");
    if (take(global.wlm_poll_seconds, wanted.wlm_poll_seconds))
        run.changed(change_kind::global_changed,
                    fmt::format("SYSPLEXWLMPOLL {}", global.wlm_poll_seconds));
    if (wanted.explicit_bind_ports) set_explicit_bind_ports(run, *wanted.explicit_bind_ports);

    auto monitor = global.monitor;
    take(monitor.auto_rejoin, wanted.auto_rejoin);
    take(monitor.delay_join, wanted.delay_join);
    take(monitor.interfaces, wanted.monitor_interfaces);
    take(monitor.dynamic_routes, wanted.dynamic_routes);
    take(monitor.recovery, wanted.recovery);
    take(monitor.seconds, wanted.monitor_seconds);
    if (monitor.auto_rejoin && !monitor.recovery)
        run.warning(where, "AUTOREJOIN has a meaning only with RECOVERY",
                    "write SYSPLEXMONITOR RECOVERY AUTOREJOIN");
    if (take(global.monitor, std::optional(monitor)))
        run.changed(change_kind::global_changed, "SYSPLEXMONITOR changed");
}

void carry_out(application& run, primaryinterface_statement const& wanted) {
    auto const& name = wanted.interface.value;
    if (run.next.find_interface(name) == nullptr)
        return run.missing(wanted.interface.where,
                           fmt::format("PRIMARYINTERFACE {} is no interface", name),
                           "define the interface before it");
    auto& current = run.next.primary_interface;
    if (current == name) return;
    current = name;
    run.changed(change_kind::ip_changed, "PRIMARYINTERFACE " + name);
}

}  // namespace parser
