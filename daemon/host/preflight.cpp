#include "daemon/host/preflight.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace tcpplexd {
namespace {

using findings = std::vector<finding>;

bool holds(std::span<stack::address const> list, stack::address const& host) {
    return std::find(list.begin(), list.end(), host) != list.end();
}

void check_privileges(preflight_facts const& facts, findings& found) {
    if (facts.tun_error != 0)
        found.push_back({"/dev/net/tun", std::strerror(facts.tun_error),
                         "the stack reaches the network through TUN devices",
                         "modprobe tun; in a container pass it in (--device /dev/net/tun)"});
    if (!facts.net_admin)
        found.push_back(
            {"capability CAP_NET_ADMIN", "missing", "TUN devices and routes need it",
             "run as root, or give the process CAP_NET_ADMIN (setpriv, AmbientCapabilities=)"});
}

// The kernel uses the larger of "all" and the device's own, so loose (2) on the device wins over
// strict (1) on all.
void check_reverse_path(preflight_facts const& facts, findings& found) {
    if (facts.rp_filter_writable) return;  // prepare_device makes it loose
    for (auto const& device : facts.devices) {
        if (std::max(facts.all_rp_filter, device.rp_filter) != 1) continue;
        bool const inherits = !device.present;
        found.push_back(
            {fmt::format("net.ipv4.conf.{}.rp_filter", inherits ? "default" : device.name),
             fmt::format("{} (all: {}, and read-only here)", device.rp_filter, facts.all_rp_filter),
             fmt::format("the kernel would drop what the stack sends over {} from addresses routed "
                         "elsewhere",
                         device.name),
             fmt::format("sysctl -w net.ipv4.conf.{}.rp_filter=2 before the start",
                         inherits ? "default" : device.name)});
    }
}

void check_addresses(preflight_needs const& needs, preflight_facts const& facts, findings& found) {
    for (auto const& assigned : facts.assigned) {
        if (assigned.host.is_loopback() || !holds(needs.own, assigned.host)) continue;
        found.push_back({fmt::format("address {} of the stack", assigned.host.to_string()),
                         fmt::format("configured on the kernel's {}", assigned.link),
                         "the kernel would answer the stack's connections with resets",
                         fmt::format("ip address del {}/{} dev {}", assigned.host.to_string(),
                                     assigned.prefix_length, assigned.link)});
    }
    for (auto const& kernel_end : needs.kernel_addresses) {
        if (!holds(needs.own, kernel_end)) continue;
        found.push_back({fmt::format("kernel_address {}", kernel_end.to_string()),
                         "an address of the stack too", "kernel and stack would both answer for it",
                         "give another kernel_address in the host settings, or another next hop in "
                         "the profile"});
    }
}

// Loose mode asks for any route to the source; with the filter off the kernel does not ask
// (net/ipv4/fib_frontend.c,
// __fib_validate_source).
void check_covering_routes(preflight_facts const& facts, findings& found) {
    auto const filters = [&](auto const& device) {
        return std::max(facts.all_rp_filter, device.rp_filter) != 0;
    };
    if (std::none_of(facts.devices.begin(), facts.devices.end(), filters)) return;
    for (auto const& source : facts.uncovered) {
        if (!source.is_v4()) continue;
        found.push_back(
            {fmt::format("kernel route to {}", source.to_string()), "none",
             "another stack owns this DVIPA; the reverse-path filter drops what is sent "
             "from it unless some route covers it",
             fmt::format("ip route add {}/32 via ROUTER (or a default route) before the "
                         "start",
                         source.to_string())});
    }
}

void check_forwarding(preflight_facts const& facts, findings& found) {
    std::string const why =
        "the profile has routes beyond the kernel, and the kernel would not pass "
        "packets between the TUN device and other links";
    if (!facts.ip_forward)
        found.push_back({"net.ipv4.ip_forward", "0", why, "sysctl -w net.ipv4.ip_forward=1"});
    for (auto const& device : facts.devices) {
        if (!facts.ip_forward || device.forwarding) continue;
        std::string const name =
            fmt::format("net.ipv4.conf.{}.forwarding", device.present ? device.name : "default");
        found.push_back({name, "0", why, fmt::format("sysctl -w {}=1", name)});
    }
    for (auto const& chain : facts.dropping_chains)
        found.push_back(
            {fmt::format("firewall chain {}", chain), "policy drop",
             "packets between the TUN device and other links pass it",
             "set its policy to accept (iptables -P FORWARD ACCEPT, or nft), or run the "
             "stack in a network namespace of its own"});
}

void check_announced_links(preflight_facts const& facts, findings& found) {
    if (!facts.announced_links.empty() && !facts.net_raw)
        found.push_back({"capability CAP_NET_RAW", "missing",
                         "the host settings have 'announce', and ARP and neighbour discovery need "
                         "it",
                         "run as root, give the process CAP_NET_RAW too, or take 'announce' out"});
    for (auto const& link : facts.announced_links) {
        if (!link.present)
            found.push_back({fmt::format("link {} in 'announce'", link.name), "absent",
                             "the stack is to answer for its DVIPAs there",
                             "see its name with ip link, or take it out of 'announce'"});
        else if (!link.forwarding)
            found.push_back({fmt::format("net.ipv4.conf.{}.forwarding", link.name), "0",
                             "what comes for a DVIPA over this link in 'announce' would not be "
                             "passed to the TUN device",
                             fmt::format("sysctl -w net.ipv4.conf.{}.forwarding=1", link.name)});
    }
}

void check_ipv6(preflight_needs const& needs, preflight_facts const& facts, findings& found) {
    if (needs.ipv6_devices.empty()) return;
    if (!facts.ip6_forward)
        found.push_back({"IPv6 of the kernel", "absent",
                         fmt::format("{} has an IPv6 address", needs.ipv6_devices.front()),
                         "modprobe ipv6, or boot without ipv6.disable=1"});
    else if (needs.forwarding6 && !*facts.ip6_forward)
        found.push_back({"net.ipv6.conf.all.forwarding", "0",
                         "the profile has IPv6 routes beyond the kernel, and the kernel would not "
                         "pass packets between the TUN device and other links",
                         "sysctl -w net.ipv6.conf.all.forwarding=1"});
}

}  // namespace

bool needs_forwarding(std::span<stack::prefix const> destinations,
                      std::span<stack::address const> kernel_addresses) {
    return std::any_of(destinations.begin(), destinations.end(), [&](stack::prefix const& to) {
        bool const one_host = to.length == to.network.bits();
        return !(one_host && (to.network.is_loopback() || holds(kernel_addresses, to.network)));
    });
}

std::vector<finding> check(preflight_needs const& needs, preflight_facts const& facts) {
    findings found;
    check_privileges(facts, found);
    check_addresses(needs, facts, found);
    check_reverse_path(facts, found);
    check_covering_routes(facts, found);
    if (needs.forwarding) check_forwarding(facts, found);
    check_announced_links(facts, found);
    check_ipv6(needs, facts, found);
    return found;
}

std::string to_string(finding const& finding) {
    return fmt::format("{} is {}: {}; remedy: {}", finding.setting, finding.value, finding.why,
                       finding.remedy);
}

}  // namespace tcpplexd
