#include "parser/configuration.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

/// Before a keyword that has a NO form.
char const* no(bool on) {
    return on ? "" : "NO";
}

std::string sharing_words(std::optional<port_sharing> const& sharing) {
    if (!sharing) return {};
    if (*sharing == port_sharing()) return " SYSPLEXPORTS";
    return fmt::format(" SYSPLEXPORTS {} GRAIN {}", to_string(sharing->form), sharing->grain);
}

std::string text_of(interface_configuration const& interface) {
    std::string const address = interface.address.to_string();
    if (!interface.device.empty()) return fmt::format("HOME {} {}\n", address, interface.name);
    char const* const six = interface.address.is_v4() ? "" : "6";
    if (interface.kind == interface_kind::virtual_)
        return fmt::format("INTERFACE {} DEFINE VIRTUAL{} IPADDR {}\n", interface.name, six,
                           address);
    std::string out =
        fmt::format("INTERFACE {} DEFINE IPAQENET{} PORTNAME {} IPADDR {}/{}", interface.name, six,
                    interface.port_name, address, interface.prefix_length);
    if (interface.mtu) out += fmt::format(" MTU {}", *interface.mtu);
    if (interface.source_vipa_interface)
        out += " SOURCEVIPAINTERFACE " + *interface.source_vipa_interface;
    return out + '\n';
}

std::string text_of(device_configuration const& device) {
    return fmt::format("DEVICE {} {}\n", device.name, device.is_virtual ? "VIRTUAL 0" : "MPCIPA");
}

std::string text_of(link_configuration const& link) {
    return fmt::format("LINK {} {} {}\n", link.name, link.is_virtual ? "VIRTUAL 0" : "IPAQENET",
                       link.device);
}

/// Its entry of BSDROUTINGPARMS, if it has one.
std::string network_of(link_configuration const& link) {
    if (!link.prefix_length) return {};
    return fmt::format("BSDROUTINGPARMS TRUE {} {} 0 {} 0 ENDBSDROUTINGPARMS\n", link.name,
                       link.mtu ? std::to_string(*link.mtu) : "DEFAULTSIZE",
                       mask_of(*link.prefix_length).to_string());
}

std::string text_of(route_configuration const& route) {
    char const* const all = route.destination.network.is_v4() ? "DEFAULT" : "DEFAULT6";
    return fmt::format("  ROUTE {} {} {} MTU {}{}\n",
                       route.destination.length == 0 ? all : route.destination.to_string(),
                       route.gateway ? route.gateway->to_string() : "=", route.interface,
                       route.mtu ? std::to_string(*route.mtu) : "DEFAULTSIZE",
                       route.replaceable ? " REPLACEABLE" : "");
}

std::string source_vipa_words(dynamic_xcf const& xcf) {
    return xcf.source_vipa_interface ? " SOURCEVIPAINTERFACE " + *xcf.source_vipa_interface : "";
}

std::string text_of(ip_configuration const& ip) {
    std::string out = fmt::format(
        "IPCONFIG {}DATAGRAMFWD {}SOURCEVIPA {}SYSPLEXROUTING TTL {} {}MULTIPATH\n"
        "         REASSEMBLYTIMEOUT {}\n",
        no(ip.forwarding), no(ip.source_vipa), no(ip.sysplex_routing), ip.ttl, no(ip.multipath),
        ip.reassembly_seconds);
    if (ip.tcp_stack_source_vipa)
        out +=
            fmt::format("IPCONFIG TCPSTACKSOURCEVIPA {}\n", ip.tcp_stack_source_vipa->to_string());
    if (ip.xcf)
        out += fmt::format("IPCONFIG DYNAMICXCF {}/{} {}{}\n", ip.xcf->address.to_string(),
                           ip.xcf->prefix_length, ip.xcf->cost, source_vipa_words(*ip.xcf));
    return out;
}

std::string text_of(ip6_configuration const& ip) {
    std::string out =
        fmt::format("IPCONFIG6 {}DATAGRAMFWD {}SOURCEVIPA HOPLIMIT {} {}MULTIPATH\n",
                    no(ip.forwarding), no(ip.source_vipa), ip.hop_limit, no(ip.multipath));
    if (ip.tcp_stack_source_vipa)
        out += fmt::format("IPCONFIG6 TCPSTACKSOURCEVIPA {}\n", *ip.tcp_stack_source_vipa);
    if (ip.xcf)
        out += fmt::format("IPCONFIG6 DYNAMICXCF {}/{}{}\n", ip.xcf->address.to_string(),
                           ip.xcf->prefix_length, source_vipa_words(*ip.xcf));
    return out;
}

std::string text_of(udp_configuration const& udp) {
    return fmt::format(
        "UDPCONFIG EPHEMERALPORTS {} {} {}RESTRICTLOWPORTS {}UDPCHKSUM\n"
        "          UDPSENDBFRSIZE {} UDPRCVBUFRSIZE {}\n",
        udp.ephemeral.first, udp.ephemeral.last, udp.restrict_low_ports ? "" : "UN",
        no(udp.checksum), udp.send_buffer, udp.receive_buffer);
}

std::string text_of(tcp_configuration const& tcp) {
    return fmt::format(
        "TCPCONFIG EPHEMERALPORTS {} {} TIMEWAITINTERVAL {} FINWAIT2TIME {}\n"
        "          CONNECTTIMEOUT {} TCPSENDBFRSIZE {} TCPRCVBUFRSIZE {} RETRANSMITATTEMPTS {}\n"
        "          TCPMAXSENDBUFRSIZE {} TCPMAXRCVBUFRSIZE {} CONNECTINITINTERVAL {}\n"
        "          MAXIMUMRETRANSMITTIME {} INTERVAL {} KEEPALIVEPROBEINTERVAL {}\n"
        "          KEEPALIVEPROBES {} FRRTHRESHOLD {} {}RESTRICTLOWPORTS {}DELAYACKS\n"
        "          {}NAGLE {}TCPTIMESTAMP {}SELECTIVEACK\n"
        "SOMAXCONN {}\n",
        tcp.ephemeral.first, tcp.ephemeral.last, tcp.time_wait_seconds, tcp.fin_wait_2_seconds,
        tcp.connect_timeout_seconds, tcp.send_buffer, tcp.receive_buffer, tcp.retransmit_attempts,
        tcp.max_send_buffer, tcp.max_receive_buffer, tcp.connect_initial_milliseconds,
        tcp.max_retransmit_seconds, tcp.keep_alive_minutes, tcp.probe_seconds, tcp.probes,
        tcp.duplicate_threshold, tcp.restrict_low_ports ? "" : "UN", no(tcp.delay_acks),
        no(tcp.nagle), no(tcp.timestamps), no(tcp.selective_ack), tcp.somaxconn);
}

/// What differs from the defaults: the others would give notes.
std::string text_of(global_configuration const& global) {
    std::string out;
    if (global.adjust_dvipa_mss != dvipa_mss::automatic)
        out += fmt::format("GLOBALCONFIG ADJUSTDVIPAMSS {}\n",
                           global.adjust_dvipa_mss == dvipa_mss::all ? "ALL" : "NONE");
    if (auto const& ports = global.explicit_bind_ports)
        out += fmt::format("GLOBALCONFIG EXPLICITBINDPORTRANGE {} {}\n", ports->first,
                           ports->last - ports->first + 1);
    if (global.wlm_poll_seconds != 60)
        out += fmt::format("GLOBALCONFIG SYSPLEXWLMPOLL {}\n", global.wlm_poll_seconds);
    if (global.xcf_group_id) out += fmt::format("GLOBALCONFIG XCFGRPID {}\n", *global.xcf_group_id);
    auto const& monitor = global.monitor;
    if (monitor != sysplex_monitor() || !global.join)
        out += fmt::format(
            "GLOBALCONFIG SYSPLEXMONITOR {}AUTOREJOIN {}DELAYJOIN {}MONINTERFACE {}DYNROUTE\n"
            "             {}RECOVERY TIMERSECS {}{}\n",
            no(monitor.auto_rejoin), no(monitor.delay_join), no(monitor.interfaces),
            no(monitor.dynamic_routes), no(monitor.recovery), monitor.seconds,
            global.join ? "" : " NOJOIN");
    return out;
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

std::string text_of(distribution const& distribution, std::string const& dvipa) {
    std::string out = fmt::format(
        "  VIPADISTRIBUTE DISTMETHOD {}{}{} {}",
        distribution.method == distribution_method::base_wlm ? "BASEWLM" : "ROUNDROBIN",
        distribution.optlocal ? fmt::format(" OPTLOCAL {}", *distribution.optlocal) : "",
        sharing_words(distribution.sharing), dvipa);
    if (distribution.ports)
        out += fmt::format(" PORT {}-{}", distribution.ports->first, distribution.ports->last);
    out += " DESTIP";
    if (distribution.all_targets) out += " ALL";
    for (auto const& target : distribution.targets)
        out += ' ' + target.to_string();
    return out + '\n';
}

std::string text_of(dvipa_configuration const& dvipa) {
    std::string out = "  ";
    if (dvipa.made_by == dvipa_configuration::origin::define)
        out += "VIPADEFINE" + sharing_words(dvipa.sharing);
    else
        out += fmt::format("VIPABACKUP {}", dvipa.rank);
    out += address_words(dvipa) + '\n';
    for (auto const& distribution : dvipa.distributions)
        out += text_of(distribution,
                       dvipa.address.is_v4() ? dvipa.address.to_string() : dvipa.interface);
    return out;
}

std::string text_of(vipa_range const& range) {
    if (!range.network.network.is_v4())
        return fmt::format("  VIPARANGE{} {} {}\n", sharing_words(range.sharing), range.interface,
                           range.network.to_string());
    return fmt::format("  VIPARANGE{} MOVEABLE {} {} {}\n", sharing_words(range.sharing),
                       range.moveable == range_move::nondisruptive ? "NONDISRUPTIVE" : "DISRUPTIVE",
                       mask_of(range.network.length).to_string(),
                       range.network.network.to_string());
}

}  // namespace

std::string to_profile(configuration const& running) {
    std::string out;
    for (auto const& device : running.devices)
        out += text_of(device);
    for (auto const& link : running.links)
        out += text_of(link) + network_of(link);
    for (auto const& interface : running.interfaces)
        out += text_of(interface);
    out += text_of(running.ip);
    out += text_of(running.ip6);
    out += text_of(running.tcp);
    out += text_of(running.udp);
    out += to_profile(running.ports);
    out += to_profile(running.sources);
    out += text_of(running.global);
    if (running.primary_interface)
        out += fmt::format("PRIMARYINTERFACE {}\n", *running.primary_interface);
    out += "BEGINROUTES\n";
    for (auto const& route : running.routes)
        out += text_of(route);
    out += "ENDROUTES\nVIPADYNAMIC\n";
    for (auto const& dvipa : running.dvipas)
        out += text_of(dvipa);
    for (auto const& range : running.ranges)
        out += text_of(range);
    for (auto const& [xcf, target] : running.vipa_routes)
        out += fmt::format("  VIPAROUTE {} {}\n", xcf.to_string(), target.to_string());
    out += "ENDVIPADYNAMIC\n";
    for (auto const& interface : running.interfaces)
        if (interface.started && interface.kind != interface_kind::virtual_ &&
            interface.device.empty())
            out += fmt::format("START {}\n", interface.name);
    for (auto const& device : running.devices)
        if (device.started) out += fmt::format("START {}\n", device.name);
    return out;
}

}  // namespace parser
