#include "daemon/host/preflight_facts.hpp"

#include "daemon/host/forward_policy.hpp"
#include "daemon/host/sysctl.hpp"

#include <cerrno>
#include <fstream>
#include <string>

#include <fcntl.h>
#include <linux/capability.h>
#include <unistd.h>

namespace tcpplexd {
namespace {

int error_of_opening_tun() {
    int const device = ::open("/dev/net/tun", O_RDWR | O_CLOEXEC);
    if (device < 0) return errno;
    ::close(device);
    return 0;
}

bool has_capability(unsigned which) {
    std::ifstream status("/proc/thread-self/status");
    std::string word;
    while (status >> word)
        if (word == "CapEff:" && status >> word)
            return (std::stoull(word, nullptr, 16) >> which & 1U) != 0;
    return false;
}

host_result<preflight_facts::announced_link> read_announced_link(std::string const& name) {
    preflight_facts::announced_link link;
    link.name = name;
    auto const path = device_setting(name, "forwarding");
    link.present = ::access(path.c_str(), F_OK) == 0;
    if (!link.present) return link;
    auto const forwarding = read_setting(path);
    if (!forwarding) return forwarding.error();
    link.forwarding = *forwarding != 0;
    return link;
}

host_result<preflight_facts::device> read_device(std::string const& name) {
    preflight_facts::device device;
    device.name = name;
    device.present = ::access(device_setting(name, "rp_filter").c_str(), F_OK) == 0;
    std::string const source = device.present ? name : "default";
    auto const filter = read_setting(device_setting(source, "rp_filter"));
    auto const forwarding = read_setting(device_setting(source, "forwarding"));
    if (!filter) return filter.error();
    if (!forwarding) return forwarding.error();
    device.rp_filter = *filter;
    device.forwarding = *forwarding != 0;
    return device;
}

host_result<void> read_filters(preflight_needs const& needs, preflight_facts& facts) {
    auto const all = read_setting(device_setting("all", "rp_filter"));
    auto const forward = read_setting("/proc/sys/net/ipv4/ip_forward");
    if (!all) return all.error();
    if (!forward) return forward.error();
    facts.all_rp_filter = *all;
    facts.ip_forward = *forward != 0;
    if (auto const forward6 = read_setting(device_setting6("all", "forwarding")))
        facts.ip6_forward = *forward6 != 0;
    facts.rp_filter_writable = is_writable(device_setting("default", "rp_filter"));
    for (auto const& name : needs.devices) {
        auto device = read_device(name);
        if (!device) return device.error();
        facts.devices.push_back(std::move(*device));
    }
    for (auto const& name : needs.announced_links) {
        auto link = read_announced_link(name);
        if (!link) return link.error();
        facts.announced_links.push_back(std::move(*link));
    }
    return {};
}

host_result<void> read_routing(kernel_network& kernel, preflight_needs const& needs,
                               preflight_facts& facts) {
    auto assigned = kernel.addresses();
    if (!assigned) return assigned.error();
    facts.assigned = std::move(*assigned);
    for (auto const& source : needs.foreign_sources) {
        auto const route = kernel.route_to(source);
        if (!route) return route.error();
        if (!*route) facts.uncovered.push_back(source);
    }
    return {};
}

// The chains are readable for CAP_NET_ADMIN only; without it the check stops for that reason
// anyway.
host_result<void> read_chains(preflight_facts& facts) {
    if (!facts.net_admin) return {};
    for (auto const read : {dropping_nftables_chains, dropping_legacy_chains}) {
        auto const chains = read();
        if (!chains) return chains.error();
        facts.dropping_chains.insert(facts.dropping_chains.end(), chains->begin(), chains->end());
    }
    return {};
}

}  // namespace

host_result<preflight_facts> read_facts(kernel_network& kernel, preflight_needs const& needs) {
    preflight_facts facts;
    facts.tun_error = error_of_opening_tun();
    facts.net_admin = has_capability(CAP_NET_ADMIN);
    facts.net_raw = has_capability(CAP_NET_RAW);
    if (auto const done = read_filters(needs, facts); !done) return done.error();
    if (auto const done = read_routing(kernel, needs, facts); !done) return done.error();
    if (!needs.forwarding) return facts;
    if (auto const done = read_chains(facts); !done) return done.error();
    return facts;
}

}  // namespace tcpplexd
