#include "parser/apply/lookup.hpp"

#include <algorithm>
#include <utility>

namespace parser {

namespace {

/// Most ports have a user or two, for whom an index would cost more than it saves.
constexpr std::size_t short_list = 8;

}  // namespace

lookup::lookup(configuration& in) : in_(in) {
    for (auto const& link : in.links)
        links_on_[link.device].insert(link.name);
}

dvipa_configuration* lookup::dvipa(std::string const& interface) {
    // Those of IPv4 have none.
    return interface.empty() ? nullptr : dvipa_interfaces_.find(in_.dvipas, interface);
}

vipa_range* lookup::range_around(ip_address const& address) {
    if (in_.ranges.empty()) return nullptr;
    for (unsigned length = address.bits() + 1; length-- > 0;)
        if (auto* found = range(network_of(address, static_cast<std::uint8_t>(length))))
            return found;
    return nullptr;
}

std::optional<ip_address> lookup::address_of(std::string const& name) {
    if (auto const* found = interface(name)) return found->address;
    if (auto const* found = dvipa(name)) return found->address;
    return std::nullopt;
}

std::string lookup::holder_in_home(ip_address const& address) {
    if (auto const* found = interface(address)) return "interface " + found->name;
    if (auto const& xcf = in_.xcf_for(address); xcf && xcf->address == address) return "DYNAMICXCF";
    return {};
}

port_entries& lookup::ports() {
    if (!ports_) ports_.emplace(in_.ports.ports);
    return *ports_;
}

port_user* lookup::user(port_key const& key, std::vector<port_user>& of,
                        std::optional<ip_address> const& bind) {
    if (of.size() > short_list) return users_[key].find(of, bind);
    auto const found =
        std::find_if(of.begin(), of.end(), [&](auto const& each) { return each.bind == bind; });
    return found == of.end() ? nullptr : &*found;
}

bool lookup::remove(port_key const& key, std::vector<port_user>& of, port_user const& gone) {
    if (of.size() <= short_list) {
        of.erase(of.begin() + (&gone - of.data()));
        return !of.empty();
    }
    auto& users = users_[key];
    users.remove(of, gone);
    return users.gone() != of.size();
}

std::set<std::uint16_t>& lookup::shared_of(dvipa_configuration const& dvipa) {
    auto& shared = distributed_[dvipa.address].shared;
    if (shared) return *shared;
    shared.emplace();
    for (auto const& each : dvipa.distributions)
        if (each.sharing) shared->insert(first_port_of(each));
    return *shared;
}

std::optional<port_sharing> lookup::sharing(ip_address const& address) {
    if (auto* found = dvipa(address)) {
        if (found->sharing) return found->sharing;
        if (auto const& shared = shared_of(*found); !shared.empty())
            return distributions_of(address).find(found->distributions, *shared.begin())->sharing;
    }
    auto const* around = range_around(address);
    return around != nullptr ? around->sharing : std::nullopt;
}

void lookup::note_sharing(dvipa_configuration& dvipa, distribution const& changed) {
    auto& shared = shared_of(dvipa);
    if (changed.sharing)
        shared.insert(first_port_of(changed));
    else
        shared.erase(first_port_of(changed));
}

void lookup::switch_sharing_off(dvipa_configuration& dvipa) {
    auto& shared = shared_of(dvipa);
    for (auto const first : shared)
        distributions_of(dvipa.address).find(dvipa.distributions, first)->sharing.reset();
    shared.clear();
}

void lookup::add(link_configuration added) {
    links_on_[added.device].insert(added.name);
    in_.links.push_back(std::move(added));
}

void lookup::remove(link_configuration const& gone) {
    links_on_[gone.device].erase(gone.name);
    links_.remove(in_.links, gone);
}

void lookup::remove(dvipa_configuration& gone) {
    distributed_.erase(gone.address);
    gone.distributions.clear();
    dvipa_interfaces_.hide(gone);
    dvipas_.remove(in_.dvipas, gone);
    // A stack has few at a time; a file may define and delete any number of them in turn.
    constexpr std::size_t many = 1024;
    if (dvipas_.gone() > many) sweep_dvipas();
}

void lookup::sweep_dvipas() {
    dvipas_.sweep(in_.dvipas);
    dvipa_interfaces_.forget();
}

void lookup::forget_interfaces() {
    interfaces_.forget();
    interface_addresses_.forget();
}

void lookup::sweep() {
    devices_.sweep(in_.devices);
    links_.sweep(in_.links);
    ranges_.sweep(in_.ranges);
    for (auto& [key, each] : users_)
        if (auto const of = in_.ports.ports.find(key); of != in_.ports.ports.end())
            each.sweep(of->second);
    sweep_dvipas();
    for (auto& [address, each] : distributed_)
        if (auto* of = dvipa(address)) each.distributions.sweep(of->distributions);
}

}  // namespace parser
