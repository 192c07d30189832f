// IPCONFIG, IPCONFIG6, TCPCONFIG, UDPCONFIG, SOMAXCONN, GLOBALCONFIG and PRIMARYINTERFACE: a
// statement for each parameter.
#include "parser/print/entries.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

/// Writes the parameters of one statement.
class parameters {
  public:
    parameters(entries& into, std::string_view statement) : into_(into), statement_(statement) {}

    template <typename... Values>
    void value(std::string_view keyword, Values const&... values) {
        std::string text = fmt::format("{} {}", statement_, keyword);
        std::string key = text;
        ((text += fmt::format(" {}", values)), ...);
        into_.push_back({std::move(key), std::move(text)});
    }

    void flag(std::string_view keyword, bool on, std::string_view negation = "NO") {
        into_.push_back({fmt::format("{} {}", statement_, keyword),
                         fmt::format("{} {}{}", statement_, on ? "" : negation, keyword)});
    }

  private:
    entries& into_;
    std::string_view statement_;
};

std::string source_vipa_words(dynamic_xcf const& xcf) {
    return xcf.source_vipa_interface ? " SOURCEVIPAINTERFACE " + *xcf.source_vipa_interface : "";
}

void write(entries& into, ip_configuration const& ip) {
    parameters ipconfig(into, "IPCONFIG");
    ipconfig.flag("DATAGRAMFWD", ip.forwarding);
    ipconfig.flag("SOURCEVIPA", ip.source_vipa);
    ipconfig.flag("SYSPLEXROUTING", ip.sysplex_routing);
    ipconfig.value("TTL", ip.ttl);
    ipconfig.flag("MULTIPATH", ip.multipath);
    ipconfig.value("REASSEMBLYTIMEOUT", ip.reassembly_seconds);
    if (ip.tcp_stack_source_vipa)
        ipconfig.value("TCPSTACKSOURCEVIPA", ip.tcp_stack_source_vipa->to_string());
    if (ip.xcf)
        ipconfig.value("DYNAMICXCF",
                       fmt::format("{}/{} {}{}", ip.xcf->address.to_string(), ip.xcf->prefix_length,
                                   ip.xcf->cost, source_vipa_words(*ip.xcf)));
}

void write(entries& into, ip6_configuration const& ip) {
    parameters ipconfig6(into, "IPCONFIG6");
    ipconfig6.flag("DATAGRAMFWD", ip.forwarding);
    ipconfig6.flag("SOURCEVIPA", ip.source_vipa);
    ipconfig6.value("HOPLIMIT", ip.hop_limit);
    ipconfig6.flag("MULTIPATH", ip.multipath);
    if (ip.tcp_stack_source_vipa) ipconfig6.value("TCPSTACKSOURCEVIPA", *ip.tcp_stack_source_vipa);
    if (ip.xcf)
        ipconfig6.value("DYNAMICXCF",
                        fmt::format("{}/{}{}", ip.xcf->address.to_string(), ip.xcf->prefix_length,
                                    source_vipa_words(*ip.xcf)));
}

void write_monitor(entries& into, global_configuration const& global) {
    auto const& monitor = global.monitor;
    if (monitor == sysplex_monitor() && global.join) return;
    into.push_back(
        {"GLOBALCONFIG SYSPLEXMONITOR",
         fmt::format("GLOBALCONFIG SYSPLEXMONITOR {}AUTOREJOIN {}DELAYJOIN {}MONINTERFACE "
                     "{}DYNROUTE\n             {}RECOVERY TIMERSECS {}{}",
                     no(monitor.auto_rejoin), no(monitor.delay_join), no(monitor.interfaces),
                     no(monitor.dynamic_routes), no(monitor.recovery), monitor.seconds,
                     global.join ? "" : " NOJOIN")});
}

}  // namespace

void write_ip(entries& into, configuration const& from) {
    write(into, from.ip);
    write(into, from.ip6);
    if (from.primary_interface)
        into.push_back({"PRIMARYINTERFACE", "PRIMARYINTERFACE " + *from.primary_interface});
}

void write_tcp(entries& into, configuration const& from) {
    auto const& tcp = from.tcp;
    parameters tcpconfig(into, "TCPCONFIG");
    tcpconfig.value("EPHEMERALPORTS", tcp.ephemeral.first, tcp.ephemeral.last);
    tcpconfig.value("TIMEWAITINTERVAL", tcp.time_wait_seconds);
    tcpconfig.value("FINWAIT2TIME", tcp.fin_wait_2_seconds);
    tcpconfig.value("CONNECTTIMEOUT", tcp.connect_timeout_seconds);
    tcpconfig.value("TCPSENDBFRSIZE", tcp.send_buffer);
    tcpconfig.value("TCPRCVBUFRSIZE", tcp.receive_buffer);
    tcpconfig.value("RETRANSMITATTEMPTS", tcp.retransmit_attempts);
    tcpconfig.value("TCPMAXSENDBUFRSIZE", tcp.max_send_buffer);
    tcpconfig.value("TCPMAXRCVBUFRSIZE", tcp.max_receive_buffer);
    tcpconfig.value("CONNECTINITINTERVAL", tcp.connect_initial_milliseconds);
    tcpconfig.value("MAXIMUMRETRANSMITTIME", tcp.max_retransmit_seconds);
    tcpconfig.value("INTERVAL", tcp.keep_alive_minutes);
    tcpconfig.value("KEEPALIVEPROBEINTERVAL", tcp.probe_seconds);
    tcpconfig.value("KEEPALIVEPROBES", tcp.probes);
    tcpconfig.value("FRRTHRESHOLD", tcp.duplicate_threshold);
    tcpconfig.flag("RESTRICTLOWPORTS", tcp.restrict_low_ports, "UN");
    tcpconfig.flag("DELAYACKS", tcp.delay_acks);
    tcpconfig.flag("NAGLE", tcp.nagle);
    tcpconfig.flag("TCPTIMESTAMP", tcp.timestamps);
    tcpconfig.flag("SELECTIVEACK", tcp.selective_ack);
    into.push_back({"SOMAXCONN", fmt::format("SOMAXCONN {}", tcp.somaxconn)});
}

void write_udp(entries& into, configuration const& from) {
    auto const& udp = from.udp;
    parameters udpconfig(into, "UDPCONFIG");
    udpconfig.value("EPHEMERALPORTS", udp.ephemeral.first, udp.ephemeral.last);
    udpconfig.flag("RESTRICTLOWPORTS", udp.restrict_low_ports, "UN");
    udpconfig.flag("UDPCHKSUM", udp.checksum);
    udpconfig.value("UDPSENDBFRSIZE", udp.send_buffer);
    udpconfig.value("UDPRCVBUFRSIZE", udp.receive_buffer);
}

// What differs from the defaults: the others would give notes.
void write_global(entries& into, configuration const& from) {
    auto const& global = from.global;
    parameters globalconfig(into, "GLOBALCONFIG");
    if (global.adjust_dvipa_mss != dvipa_mss::automatic)
        globalconfig.value("ADJUSTDVIPAMSS",
                           global.adjust_dvipa_mss == dvipa_mss::all ? "ALL" : "NONE");
    if (auto const& ports = global.explicit_bind_ports)
        globalconfig.value("EXPLICITBINDPORTRANGE", ports->first, ports->last - ports->first + 1);
    if (global.wlm_poll_seconds != 60)
        globalconfig.value("SYSPLEXWLMPOLL", global.wlm_poll_seconds);
    if (global.xcf_group_id) globalconfig.value("XCFGRPID", *global.xcf_group_id);
    write_monitor(into, global);
}

}  // namespace parser
