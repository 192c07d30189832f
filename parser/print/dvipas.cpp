// The VIPADYNAMIC block.
#include "parser/print/entries.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

std::string sharing_words(std::optional<port_sharing> const& sharing) {
    if (!sharing) return {};
    if (*sharing == port_sharing()) return " SYSPLEXPORTS";
    return fmt::format(" SYSPLEXPORTS {} GRAIN {}", to_string(sharing->form), sharing->grain);
}

/// MOVEABLE, the address, and its mask or interface, in the order of its family.
std::string address_words(dvipa_configuration const& dvipa) {
    std::string const address = dvipa.address.to_string();
    std::string out;
    if (dvipa.activation)
        out = dvipa.activation->moveable == vipa_move::immediate ? " MOVEABLE IMMEDIATE"
                                                                 : " MOVEABLE WHENIDLE";
    if (dvipa.address.is_v4()) {
        if (dvipa.activation) out += ' ' + mask_of(dvipa.activation->prefix_length).to_string();
        return out + ' ' + address;
    }
    out += ' ' + dvipa.interface + ' ' + address;
    return dvipa.activation ? fmt::format("{}/{}", out, dvipa.activation->prefix_length) : out;
}

std::string text_of(dvipa_configuration const& dvipa) {
    std::string const statement = dvipa.made_by == dvipa_configuration::origin::define
                                      ? "VIPADEFINE" + sharing_words(dvipa.sharing)
                                      : fmt::format("VIPABACKUP {}", dvipa.rank);
    return statement + address_words(dvipa);
}

std::string ports_of(distribution const& distribution) {
    auto const& ports = distribution.ports;
    return ports ? fmt::format(" PORT {}-{}", ports->first, ports->last) : std::string();
}

std::string method_words(distribution const& distribution) {
    std::string out(to_string(distribution.method));
    if (distribution.method != distribution_method::hot_standby) return out;
    if (!distribution.switch_back) out += " NOAUTOSWITCHBACK";
    if (!distribution.health_switch) out += " NOHEALTHSWITCH";
    return out;
}

std::string target_words(distribution_target const& target, distribution_method method) {
    std::string const address = target.xcf.to_string();
    if (method == distribution_method::weighted_active)
        return fmt::format("{} WEIGHT {}", address, target.weight);
    if (!target.standby) return address;
    return target.standby->preferred ? address + " PREFERRED"
                                     : fmt::format("{} BACKUP {}", address, target.standby->rank);
}

std::string text_of(distribution const& distribution, std::string const& dvipa) {
    std::string out = fmt::format(
        "VIPADISTRIBUTE DISTMETHOD {}{}{}{} {}{} DESTIP", method_words(distribution),
        distribution.affinity_seconds != 0
            ? fmt::format(" TIMEDAFFINITY {}", distribution.affinity_seconds)
            : "",
        distribution.optlocal ? fmt::format(" OPTLOCAL {}", *distribution.optlocal) : "",
        sharing_words(distribution.sharing), dvipa, ports_of(distribution));
    if (distribution.all_targets) out += " ALL";
    for (auto const& target : distribution.targets)
        out += ' ' + target_words(target, distribution.method);
    return out;
}

std::string text_of(vipa_range const& range) {
    std::string const saf = range.saf ? " SAF " + *range.saf : "";
    if (!range.network.network.is_v4())
        return fmt::format("VIPARANGE{} {} {}{}", sharing_words(range.sharing), range.interface,
                           range.network.to_string(), saf);
    return fmt::format("VIPARANGE{} MOVEABLE {} {} {}{}", sharing_words(range.sharing),
                       range.moveable == range_move::nondisruptive ? "NONDISRUPTIVE" : "DISRUPTIVE",
                       mask_of(range.network.length).to_string(), range.network.network.to_string(),
                       saf);
}

}  // namespace

void write_dvipas(entries& into, configuration const& from) {
    for (auto const& dvipa : from.dvipas) {
        std::string const address = dvipa.address.to_string();
        into.push_back({address, text_of(dvipa)});
        for (auto const& each : dvipa.distributions)
            into.push_back({address + ports_of(each) + " distributed",
                            text_of(each, dvipa.address.is_v4() ? address : dvipa.interface)});
    }
    for (auto const& range : from.ranges)
        into.push_back({range.network.to_string(), text_of(range)});
    for (auto const& [xcf, target] : from.vipa_routes)
        into.push_back({"VIPAROUTE " + xcf.to_string(),
                        fmt::format("VIPAROUTE {} {}", xcf.to_string(), target.to_string())});
}

}  // namespace parser
