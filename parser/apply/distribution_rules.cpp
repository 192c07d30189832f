#include "parser/apply/distribution_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace parser {

std::string distribution_name::to_string() const {
    std::string const address = dvipa.to_string();
    if (!ports) return address + " all ports";
    if (ports->first == ports->last) return fmt::format("{} port {}", address, ports->first);
    return fmt::format("{} ports {}-{}", address, ports->first, ports->last);
}

bool accept_target_options(application& run, distribution_name const& name,
                           distribution const& result, vipadistribute_statement const& wanted) {
    bool acceptable = true;
    for (auto const& target : wanted.targets) {
        if (target.weight && result.method != distribution_method::weighted_active)
            run.warning(target.weight->where,
                        fmt::format("WEIGHT changes nothing: {} is distributed by {}",
                                    name.to_string(), to_string(result.method)),
                        "remove it, or write DISTMETHOD WEIGHTEDACTIVE", "EZZ0799I");
        if (!target.standby || result.method == distribution_method::hot_standby) continue;
        run.error(target.standby->where,
                  fmt::format("PREFERRED and BACKUP are of HOTSTANDBY, and {} is distributed by {}",
                              name.to_string(), to_string(result.method)),
                  "remove it, or write DISTMETHOD HOTSTANDBY", "EZZ0831I");
        acceptable = false;
    }
    return acceptable;
}

bool accept_standby(application& run, distribution_name const& name, distribution const& result,
                    span where) {
    if (result.method != distribution_method::hot_standby) return true;
    if (result.all_targets) {
        run.error(where, fmt::format("HOTSTANDBY of {} with DESTIP ALL", name.to_string()),
                  "name one PREFERRED target and those that stand by as BACKUP", "EZZ0165I");
        return false;
    }
    constexpr std::ptrdiff_t most_backups = 31;
    std::ptrdiff_t preferred = 0;
    for (auto const& target : result.targets) {
        if (!target.standby) {
            run.error(where,
                      fmt::format("HOTSTANDBY of {} names {} without a role", name.to_string(),
                                  target.xcf.to_string()),
                      "write PREFERRED or BACKUP after it", "EZZ0826I");
            return false;
        }
        preferred += target.standby->preferred ? 1 : 0;
    }
    auto const backups = static_cast<std::ptrdiff_t>(result.targets.size()) - preferred;
    if (preferred == 1 && backups >= 1 && backups <= most_backups) return true;
    run.error(where,
              fmt::format("HOTSTANDBY of {} has {} PREFERRED and {} BACKUP targets",
                          name.to_string(), preferred, backups),
              "name one PREFERRED target and 1 to 31 as BACKUP", "EZZ0827I");
    return false;
}

void forget_what_the_method_ignores(distribution& in) {
    for (auto& target : in.targets) {
        if (in.method != distribution_method::weighted_active)
            target.weight = distribution_target::default_weight;
        if (in.method != distribution_method::hot_standby) target.standby.reset();
    }
    if (in.method == distribution_method::hot_standby) return;
    in.switch_back = true;
    in.health_switch = true;
}

}  // namespace parser
