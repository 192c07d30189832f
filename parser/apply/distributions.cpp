#include "parser/apply/application.hpp"
#include "parser/apply/distribution_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace parser {

namespace {

/// One item of the PORT list, or all ports.
using item = std::optional<port_range>;

/// The distribution of exactly these ports; null if none.
distribution* find(application& run, dvipa_configuration& dvipa, item const& ports) {
    auto* const found = run.find.distributions_of(dvipa.address)
                            .find(dvipa.distributions, ports ? ports->first : std::uint16_t{0});
    return found != nullptr && found->ports == ports ? found : nullptr;
}

/// One that has some of these ports; null if none. They do not overlap each other.
distribution* find_overlap(application& run, dvipa_configuration& dvipa, item const& ports) {
    if (!ports) return nullptr;
    auto* const found =
        run.find.distributions_of(dvipa.address).find_last(dvipa.distributions, ports->last);
    bool const overlaps = found != nullptr && found->ports && found->ports->overlaps(*ports);
    return overlaps ? found : nullptr;
}

/// z/OS: of a distribution.
constexpr std::size_t most_targets = 32;

void too_many_targets(application& run, span where) {
    run.error(where, fmt::format("a distribution has at most {} targets", most_targets),
              "write DESTIP ALL");
}

auto find_target(distribution& in, ip_address const& xcf) {
    return std::find_if(in.targets.begin(), in.targets.end(),
                        [&](auto const& target) { return target.xcf == xcf; });
}

bool accept_targets(application& run, vipadistribute_statement const& wanted,
                    spanned_address const& dvipa) {
    auto const& xcf = run.next.xcf_for(dvipa.value);
    if (!xcf) {
        bool const v4 = dvipa.value.is_v4();
        run.missing(
            dvipa.where,
            fmt::format("VIPADISTRIBUTE needs {} DYNAMICXCF", v4 ? "IPCONFIG" : "IPCONFIG6"),
            v4 ? "write IPCONFIG DYNAMICXCF address/length cost"
               : "write IPCONFIG6 DYNAMICXCF address/length");
        return false;
    }
    ip_prefix const network = network_of(xcf->address, xcf->prefix_length);
    for (auto const& target : wanted.targets)
        if (!network.contains(target.xcf.value))
            run.warning(target.xcf.where,
                        fmt::format("{} is not in the DYNAMICXCF network {}",
                                    target.xcf.value.to_string(), network.to_string()),
                        "DESTIP names dynamic XCF addresses");
    return true;
}

/// What the statement adds to a distribution, or changes in it. False, and why, if it can't.
bool merge(application& run, distribution& into, vipadistribute_statement const& wanted) {
    if (wanted.method) into.method = *wanted.method;
    if (wanted.switch_back) into.switch_back = *wanted.switch_back;
    if (wanted.health_switch) into.health_switch = *wanted.health_switch;
    if (wanted.affinity_seconds) into.affinity_seconds = *wanted.affinity_seconds;
    if (wanted.optlocal) into.optlocal = *wanted.optlocal;
    if (wanted.all_targets) {
        into.all_targets = true;
        into.targets.clear();
    }
    for (auto const& target : wanted.targets) {
        if (into.all_targets) break;
        auto found = find_target(into, target.xcf.value);
        if (found == into.targets.end()) {
            if (into.targets.size() == most_targets) {
                too_many_targets(run, target.xcf.where);
                return false;
            }
            into.targets.emplace_back().xcf = target.xcf.value;
            found = std::prev(into.targets.end());
        }
        if (target.weight) found->weight = target.weight->value;
        if (target.standby) found->standby = target.standby->value;
    }
    forget_what_the_method_ignores(into);
    return true;
}

void define(application& run, dvipa_configuration& dvipa, item const& ports, span where,
            vipadistribute_statement const& wanted) {
    distribution_name const name{dvipa.address, ports};
    auto* there = find(run, dvipa, ports);
    if (there == nullptr) {
        if (auto const* other = find_overlap(run, dvipa, ports))
            return run.error(
                where,
                fmt::format("{} overlaps the distribution of {}", name.to_string(),
                            distribution_name{dvipa.address, other->ports}.to_string()),
                "delete that one first, with VIPADISTRIBUTE DELETE");
        there = &dvipa.distributions.emplace_back();
        there->ports = ports;
    }
    if (!merge(run, *there, wanted)) return;
    if (!accept_target_options(run, name, *there, wanted) ||
        !accept_standby(run, name, *there, where))
        return;
    if (wanted.sharing) {
        set_sharing(run, dvipa, there->sharing, *wanted.sharing);
        run.find.note_sharing(dvipa, *there);
    }
}

void remove(application& run, dvipa_configuration& dvipa, item const& ports, span where,
            vipadistribute_statement const& wanted) {
    distribution_name const name{dvipa.address, ports};
    auto* there = find(run, dvipa, ports);
    if (there == nullptr)
        return run.missing(where, name.to_string() + " is not distributed",
                           "name the ports as the VIPADISTRIBUTE did that defined it");
    if (there->all_targets && !wanted.all_targets)
        return run.error(where, name.to_string() + " is distributed to DESTIP ALL",
                         "write DESTIP ALL");
    for (auto const& target : wanted.targets) {
        auto const& xcf = target.xcf;
        auto const found = find_target(*there, xcf.value);
        if (found != there->targets.end())
            there->targets.erase(found);
        else
            run.missing(
                xcf.where,
                fmt::format("{} is not distributed to {}", name.to_string(), xcf.value.to_string()),
                "name the targets as the VIPADISTRIBUTE did that defined it");
    }
    if (!wanted.all_targets && !there->targets.empty()) {
        accept_standby(run, name, *there, where);
        return;
    }
    there->sharing.reset();
    run.find.note_sharing(dvipa, *there);
    run.find.distributions_of(dvipa.address).remove(dvipa.distributions, *there);
}

/// The address, also of a DVIPA that the statement names by its interface; nothing if that is no
/// DVIPA's.
std::optional<spanned_address> dvipa_of(application& run, vipadistribute_statement const& wanted) {
    if (!wanted.interface) return wanted.dvipa;
    if (auto const* found = run.find.dvipa(wanted.interface->value))
        return spanned_address{found->address, wanted.interface->where};
    run.missing(wanted.interface->where,
                fmt::format("{} is the interface of no IPv6 DVIPA", wanted.interface->value),
                "define the DVIPA before distributing it");
    return std::nullopt;
}

}  // namespace

void carry_out(application& run, vipadistribute_statement const& wanted) {
    if (wanted.remove && wanted.sharing)
        return run.error(wanted.sharing->where, "SYSPLEXPORTS has no meaning with DELETE",
                         "remove it");
    auto const named = dvipa_of(run, wanted);
    if (!named) return;
    if (wanted.sharing && !accept_sharing(run, *wanted.sharing, {*named})) return;
    auto* const dvipa = run.find.dvipa(named->value);
    if (dvipa == nullptr)
        return run.missing(named->where,
                           fmt::format("VIPADISTRIBUTE of {}, which has neither VIPADEFINE nor "
                                       "VIPABACKUP",
                                       named->value.to_string()),
                           "define the DVIPA before distributing it");
    if (wanted.targets.size() > most_targets)
        return too_many_targets(run, wanted.targets[most_targets].xcf.where);
    if (!wanted.remove && !accept_targets(run, wanted, *named)) return;
    auto const one = wanted.remove ? remove : define;
    if (wanted.ports.empty()) return one(run, *dvipa, {}, named->where, wanted);
    for (auto const& ports : wanted.ports)
        one(run, *dvipa, ports.value, ports.where, wanted);
}

}  // namespace parser
