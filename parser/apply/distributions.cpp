#include "parser/apply/application.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace parser {

namespace {

/// One item of the PORT list, or all ports.
using item = std::optional<port_range>;

std::string name_of(ip_address const& dvipa, item const& ports) {
    std::string const address = dvipa.to_string();
    if (!ports) return address + " all ports";
    if (ports->first == ports->last) return fmt::format("{} port {}", address, ports->first);
    return fmt::format("{} ports {}-{}", address, ports->first, ports->last);
}

distribution* find(dvipa_configuration& dvipa, item const& ports) {
    auto const found = std::find_if(dvipa.distributions.begin(), dvipa.distributions.end(),
                                    [&](auto const& other) { return other.ports == ports; });
    return found == dvipa.distributions.end() ? nullptr : &*found;
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
        if (!network.contains(target.value))
            run.warning(target.where,
                        fmt::format("{} is not in the DYNAMICXCF network {}",
                                    target.value.to_string(), network.to_string()),
                        "DESTIP names dynamic XCF addresses");
    return true;
}

/// What the statement adds to a distribution, or changes in it.
void merge(distribution& into, vipadistribute_statement const& wanted) {
    if (wanted.method) into.method = *wanted.method;
    if (wanted.optlocal) into.optlocal = *wanted.optlocal;
    if (wanted.all_targets) {
        into.all_targets = true;
        into.targets.clear();
    }
    for (auto const& target : wanted.targets) {
        bool const known = std::count(into.targets.begin(), into.targets.end(), target.value) != 0;
        if (!into.all_targets && !known) into.targets.push_back(target.value);
    }
}

void define(application& run, dvipa_configuration& dvipa, item const& ports, span where,
            vipadistribute_statement const& wanted) {
    std::string const name = name_of(dvipa.address, ports);
    auto* there = find(dvipa, ports);
    if (there == nullptr) {
        for (auto const& other : dvipa.distributions)
            if (ports && other.ports && other.ports->overlaps(*ports))
                return run.error(where,
                                 fmt::format("{} overlaps the distribution of {}", name,
                                             name_of(dvipa.address, other.ports)),
                                 "delete that one first, with VIPADISTRIBUTE DELETE");
        there = &dvipa.distributions.emplace_back();
        there->ports = ports;
    }
    merge(*there, wanted);
    if (wanted.sharing) set_sharing(run, dvipa, there->sharing, *wanted.sharing);
}

void remove(application& run, dvipa_configuration& dvipa, item const& ports, span where,
            vipadistribute_statement const& wanted) {
    std::string const name = name_of(dvipa.address, ports);
    auto* there = find(dvipa, ports);
    if (there == nullptr)
        return run.missing(where, name + " is not distributed",
                           "name the ports as the VIPADISTRIBUTE did that defined it");
    if (there->all_targets && !wanted.all_targets)
        return run.error(where, name + " is distributed to DESTIP ALL", "write DESTIP ALL");
    for (auto const& target : wanted.targets)
        if (std::erase(there->targets, target.value) == 0)
            run.missing(target.where,
                        fmt::format("{} is not distributed to {}", name, target.value.to_string()),
                        "name the targets as the VIPADISTRIBUTE did that defined it");
    if (wanted.all_targets || there->targets.empty())
        dvipa.distributions.erase(dvipa.distributions.begin() +
                                  (there - dvipa.distributions.data()));
}

/// The address, also of a DVIPA that the statement names by its interface; nothing if that is no
/// DVIPA's.
std::optional<spanned_address> dvipa_of(application& run, vipadistribute_statement const& wanted) {
    if (!wanted.interface) return wanted.dvipa;
    if (auto const* found = run.next.find_dvipa(wanted.interface->value))
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
    auto const dvipa =
        std::find_if(run.next.dvipas.begin(), run.next.dvipas.end(),
                     [&](auto const& other) { return other.address == named->value; });
    if (dvipa == run.next.dvipas.end())
        return run.missing(named->where,
                           fmt::format("VIPADISTRIBUTE of {}, which has neither VIPADEFINE nor "
                                       "VIPABACKUP",
                                       named->value.to_string()),
                           "define the DVIPA before distributing it");
    if (!wanted.remove && !accept_targets(run, wanted, *named)) return;
    auto const one = wanted.remove ? remove : define;
    if (wanted.ports.empty()) return one(run, *dvipa, {}, named->where, wanted);
    for (auto const& ports : wanted.ports)
        one(run, *dvipa, ports.value, ports.where, wanted);
}

}  // namespace parser
