// What of this machine would drop the stack's traffic, found before any of it is sent.
#pragma once

#include "daemon/host/kernel_network.hpp"
#include "stack/wire/address.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tcpplexd {

/// What the stack is about to do.
struct preflight_needs {
    std::vector<std::string> devices;       ///< its TUN devices, there already or not
    std::vector<std::string> ipv6_devices;  ///< those of them with an IPv6 address
    std::vector<stack::address>
        own;  ///< HOME addresses and DVIPAs of any role; loopback does not count
    std::vector<stack::address>
        foreign_sources;  ///< DVIPAs that another stack owns and this one sends from
    std::vector<stack::address> kernel_addresses;  ///< kernel ends of the TUN devices
    std::vector<std::string> announced_links;      ///< on which it answers for DVIPAs
    bool forwarding = false;   ///< IPv4 traffic passes between the TUN devices and other links
    bool forwarding6 = false;  ///< so does IPv6 traffic
};

/// Whether a stack with routes to `destinations` talks to anybody but the kernel's own ends of its
/// devices.
bool needs_forwarding(std::span<stack::prefix const> destinations,
                      std::span<stack::address const> kernel_addresses);

/// The machine as it is (preflight_facts.hpp reads it).
struct preflight_facts {
    struct device {
        std::string name;
        bool present = false;  ///< if not, the two values are those it will inherit
        int rp_filter = 0;     ///< 0 off, 1 strict, 2 loose
        bool forwarding = false;
    };
    struct announced_link {
        std::string name;
        bool present = false;
        bool forwarding = false;  ///< of IPv4
    };
    int tun_error = 0;       ///< errno of opening /dev/net/tun, 0 if it opens
    bool net_admin = false;  ///< CAP_NET_ADMIN is effective
    bool net_raw = false;    ///< CAP_NET_RAW is
    int all_rp_filter = 0;
    bool rp_filter_writable = false;
    bool ip_forward = false;
    std::optional<bool> ip6_forward;  ///< net.ipv6.conf.all.forwarding; empty: no IPv6
    std::vector<device> devices;
    std::vector<announced_link> announced_links;
    std::vector<assigned_address> assigned;  ///< on the kernel of this namespace
    std::vector<stack::address> uncovered;   ///< foreign sources that no kernel route covers
    std::vector<std::string>
        dropping_chains;  ///< firewall chains at the forward hook with policy DROP
};

/// One reason not to start.
struct finding {
    std::string setting;  ///< "net.ipv4.ip_forward"
    std::string value;    ///< "0"
    std::string why;
    std::string remedy;
    friend bool operator==(finding const&, finding const&) = default;
};

/// All reasons, most basic first. A start with findings would look well and lose packets.
std::vector<finding> check(preflight_needs const& needs, preflight_facts const& facts);

/// "net.ipv4.ip_forward is 0: ...; remedy: ..."
std::string to_string(finding const& finding);

}  // namespace tcpplexd
