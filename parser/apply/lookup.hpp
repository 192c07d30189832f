// What one run of apply() finds in the configuration being made, by name and by address.
#pragma once

#include "parser/apply/index.hpp"
#include "parser/apply/port_entries.hpp"
#include "parser/configuration.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace parser {

/// The first port of a distribution; 0: of all ports.
inline std::uint16_t first_port_of(distribution const& from) {
    return from.ports ? from.ports->first : std::uint16_t{0};
}

/// Of one configuration, which others may append to. Pointers are valid until it changes.
class lookup {
  public:
    using distribution_index = index<distribution, first_port_of>;

    explicit lookup(configuration& in);

    device_configuration* device(std::string const& name) {
        return devices_.find(in_.devices, name);
    }
    link_configuration* link(std::string const& name) { return links_.find(in_.links, name); }
    interface_configuration* interface(std::string const& name) {
        return interfaces_.find(in_.interfaces, name);
    }
    interface_configuration* interface(ip_address const& address) {
        return interface_addresses_.find(in_.interfaces, address);
    }
    dvipa_configuration* dvipa(ip_address const& address) {
        return dvipas_.find(in_.dvipas, address);
    }
    /// An IPv6 DVIPA, by its interface.
    dvipa_configuration* dvipa(std::string const& interface);
    vipa_range* range(ip_prefix const& network) { return ranges_.find(in_.ranges, network); }
    /// The most specific one that `address` is in.
    vipa_range* range_around(ip_address const& address);
    /// The address of an interface, a DVIPA's too.
    std::optional<ip_address> address_of(std::string const& interface);
    /// Which interface, or DYNAMICXCF, has the address: "interface OSA1"; empty if none.
    std::string holder_in_home(ip_address const& address);
    /// The names of the links of a device.
    std::set<std::string> const& links_of(std::string const& device) { return links_on_[device]; }
    /// Of the DVIPA's list.
    distribution_index& distributions_of(ip_address const& dvipa) {
        return distributed_[dvipa].distributions;
    }
    /// As configuration::sharing().
    std::optional<port_sharing> sharing(ip_address const& dvipa);
    /// The `sharing` of a distribution of `dvipa` may have changed.
    void note_sharing(dvipa_configuration& dvipa, distribution const& changed);
    /// On all distributions of `dvipa`.
    void switch_sharing_off(dvipa_configuration& dvipa);

    port_entries& ports();
    /// The entry of a port's list `of`, that of `key`; null if none.
    port_user* user(port_key const& key, std::vector<port_user>& of,
                    std::optional<ip_address> const& bind);
    /// False if it was the last one.
    bool remove(port_key const& key, std::vector<port_user>& of, port_user const& gone);
    /// The list of the port has been erased.
    void forget_users(port_key const& key) { users_.erase(key); }

    void add(link_configuration added);
    void remove(link_configuration const& gone);
    void remove(device_configuration const& gone) { devices_.remove(in_.devices, gone); }
    void remove(vipa_range const& gone) { ranges_.remove(in_.ranges, gone); }
    void remove(dvipa_configuration& gone);
    /// Without those that were removed.
    std::size_t number_of_ranges() const { return in_.ranges.size() - ranges_.gone(); }
    std::size_t number_of_dvipas() const { return in_.dvipas.size() - dvipas_.gone(); }
    /// The interfaces have been put into another order, or some taken away.
    void forget_interfaces();

    /// Takes what was removed out of the lists; before, it stands in them unfound.
    void sweep();

  private:
    struct distributed_ports {
        distribution_index distributions;
        std::optional<std::set<std::uint16_t>> shared;  ///< their first ports; empty: not known yet
    };

    void sweep_dvipas();
    std::set<std::uint16_t>& shared_of(dvipa_configuration const& dvipa);

    configuration& in_;
    index<device_configuration, &device_configuration::name> devices_;
    index<link_configuration, &link_configuration::name> links_;
    index<interface_configuration, &interface_configuration::name> interfaces_;
    index<interface_configuration, &interface_configuration::address> interface_addresses_;
    index<dvipa_configuration, &dvipa_configuration::address> dvipas_;
    index<dvipa_configuration, &dvipa_configuration::interface> dvipa_interfaces_;
    index<vipa_range, &vipa_range::network> ranges_;
    std::map<std::string, std::set<std::string>> links_on_;
    std::map<ip_address, distributed_ports> distributed_;
    std::optional<port_entries> ports_;                             ///< once asked for
    std::map<port_key, index<port_user, &port_user::bind>> users_;  ///< of long lists
};

}  // namespace parser
