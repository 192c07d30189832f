#include "parser/apply/application.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

/// Takes over a value that the statement names.
template <typename Value, typename Wanted>
void set(application& run, change_kind kind, Value& current, std::optional<Wanted> const& wanted,
         std::string_view name) {
    if (!wanted || current == *wanted) return;
    current = *wanted;
    if constexpr (std::is_same_v<Value, bool>)
        run.changed(kind, fmt::format("{} {}", name, current ? "on" : "off"));
    else
        run.changed(kind, fmt::format("{} {}", name, current));
}

void set_ephemeral(application& run, change_kind kind, port_range& current,
                   spanned<port_range> const& wanted, std::string_view protocol) {
    port_range const ports = wanted.value;
    if (ports.last < ports.first)
        return run.error(wanted.where,
                         fmt::format("EPHEMERALPORTS {} {}: the first port is above the last",
                                     ports.first, ports.last),
                         fmt::format("write EPHEMERALPORTS {} {}", ports.last, ports.first));
    if (current == ports) return;
    current = ports;
    run.changed(kind, fmt::format("{}EPHEMERALPORTS {} {}", protocol, ports.first, ports.last));
}

/// `current` is what `run.next` has, `before` what the running configuration has.
void set_dynamic_xcf(application& run, std::optional<dynamic_xcf>& current,
                     std::optional<dynamic_xcf> const& before,
                     std::optional<spanned<dynamic_xcf>> const& wanted, span where) {
    std::optional<dynamic_xcf> const value =
        wanted ? std::optional(wanted->value) : std::optional<dynamic_xcf>();
    if (current == value) return;
    if (run.when == phase::obeyfile && before)
        return run.error(wanted ? wanted->where : where,
                         "DYNAMICXCF can't be changed while the stack runs",
                         "change the profile and start the stack again");
    if (!wanted) {
        current.reset();
        return;
    }
    std::string const text = value->address.to_string();
    if (!is_host_address(value->address))
        return run.error(wanted->where, fmt::format("{} is not the address of a host", text),
                         "use an address within the XCF network");
    if (value->source_vipa_interface &&
        !accept_source_vipa(run, {*value->source_vipa_interface, wanted->where}, value->address))
        return;
    current.reset();
    std::string const holder = holder_in_home(run.next, value->address);
    if (!holder.empty() || run.next.find_dvipa(value->address) != nullptr)
        run.error(wanted->where,
                  fmt::format("{} is already the address of {}", text,
                              holder.empty() ? "a DVIPA" : holder),
                  "give DYNAMICXCF an address of its own");
    current = value;
    run.changed(change_kind::ip_changed,
                fmt::format("DYNAMICXCF {}/{}", text, value->prefix_length));
}

void set_source_vipa(application& run, std::optional<spanned_address> const& wanted) {
    auto& current = run.next.ip.tcp_stack_source_vipa;
    std::optional<ip_address> const value =
        wanted ? std::optional(wanted->value) : std::optional<ip_address>();
    if (current == value) return;
    if (wanted && !is_host_address(*value))
        return run.error(wanted->where,
                         fmt::format("{} is not the address of a host", value->to_string()),
                         "name a VIPA");
    current = value;
    run.changed(change_kind::ip_changed,
                "TCPSTACKSOURCEVIPA " + (value ? value->to_string() : "off"));
}

}  // namespace

void carry_out(application& run, ipconfig_statement const& wanted, span where) {
    auto& ip = run.next.ip;
    auto constexpr kind = change_kind::ip_changed;
    set(run, kind, ip.forwarding, wanted.forwarding, "DATAGRAMFWD");
    set(run, kind, ip.source_vipa, wanted.source_vipa, "SOURCEVIPA");
    set(run, kind, ip.sysplex_routing, wanted.sysplex_routing, "SYSPLEXROUTING");
    set(run, kind, ip.ttl, wanted.ttl, "TTL");
    set(run, kind, ip.multipath, wanted.multipath, "MULTIPATH");
    set(run, kind, ip.reassembly_seconds, wanted.reassembly_seconds, "REASSEMBLYTIMEOUT");
    if (wanted.xcf) set_dynamic_xcf(run, ip.xcf, run.running.ip.xcf, *wanted.xcf, where);
    if (wanted.tcp_stack_source_vipa) set_source_vipa(run, *wanted.tcp_stack_source_vipa);
}

void carry_out(application& run, ipconfig6_statement const& wanted, span where) {
    auto& ip = run.next.ip6;
    auto constexpr kind = change_kind::ip_changed;
    set(run, kind, ip.forwarding, wanted.forwarding, "IPv6 DATAGRAMFWD");
    set(run, kind, ip.source_vipa, wanted.source_vipa, "IPv6 SOURCEVIPA");
    set(run, kind, ip.hop_limit, wanted.hop_limit, "HOPLIMIT");
    set(run, kind, ip.multipath, wanted.multipath, "IPv6 MULTIPATH");
    if (wanted.xcf) set_dynamic_xcf(run, ip.xcf, run.running.ip6.xcf, *wanted.xcf, where);
    if (!wanted.tcp_stack_source_vipa) return;
    std::optional<std::string> name;
    if (auto const& given = *wanted.tcp_stack_source_vipa) name = given->value;
    if (ip.tcp_stack_source_vipa == name) return;
    ip.tcp_stack_source_vipa = name;
    run.changed(kind, "IPv6 TCPSTACKSOURCEVIPA " + name.value_or("off"));
}

void settle_source_vipa6(application& run, span where) {
    auto& ip = run.next.ip6;
    if (!ip.tcp_stack_source_vipa) return;
    if (!ip.source_vipa) {
        run.warning(where, "TCPSTACKSOURCEVIPA is not enabled, because SOURCEVIPA is off",
                    "write IPCONFIG6 SOURCEVIPA too");
        ip.tcp_stack_source_vipa.reset();
        return;
    }
    auto const address = run.next.address_of(*ip.tcp_stack_source_vipa);
    if (address && !address->is_v4()) return;
    run.warning(
        where,
        fmt::format("TCPSTACKSOURCEVIPA {}: no interface with an IPv6 address has this name",
                    *ip.tcp_stack_source_vipa),
        "name a VIRTUAL6 interface, or that of an IPv6 DVIPA");
}

void settle_source_vipa(application& run, span where) {
    auto& ip = run.next.ip;
    if (!ip.tcp_stack_source_vipa || ip.source_vipa) return;
    run.warning(where, "TCPSTACKSOURCEVIPA is not enabled, because SOURCEVIPA is off",
                "write IPCONFIG SOURCEVIPA too");
    ip.tcp_stack_source_vipa.reset();
}

void carry_out(application& run, tcpconfig_statement const& wanted) {
    auto& tcp = run.next.tcp;
    auto constexpr kind = change_kind::tcp_changed;
    set(run, kind, tcp.time_wait_seconds, wanted.time_wait_seconds, "TIMEWAITINTERVAL");
    set(run, kind, tcp.fin_wait_2_seconds, wanted.fin_wait_2_seconds, "FINWAIT2TIME");
    set(run, kind, tcp.connect_timeout_seconds, wanted.connect_timeout_seconds, "CONNECTTIMEOUT");
    set(run, kind, tcp.send_buffer, wanted.send_buffer, "TCPSENDBFRSIZE");
    set(run, kind, tcp.receive_buffer, wanted.receive_buffer, "TCPRCVBUFRSIZE");
    set(run, kind, tcp.max_send_buffer, wanted.max_send_buffer, "TCPMAXSENDBUFRSIZE");
    set(run, kind, tcp.max_receive_buffer, wanted.max_receive_buffer, "TCPMAXRCVBUFRSIZE");
    set(run, kind, tcp.retransmit_attempts, wanted.retransmit_attempts, "RETRANSMITATTEMPTS");
    set(run, kind, tcp.connect_initial_milliseconds, wanted.connect_initial_milliseconds,
        "CONNECTINITINTERVAL");
    set(run, kind, tcp.max_retransmit_seconds, wanted.max_retransmit_seconds,
        "MAXIMUMRETRANSMITTIME");
    set(run, kind, tcp.keep_alive_minutes, wanted.keep_alive_minutes, "INTERVAL");
    set(run, kind, tcp.probe_seconds, wanted.probe_seconds, "KEEPALIVEPROBEINTERVAL");
    set(run, kind, tcp.probes, wanted.probes, "KEEPALIVEPROBES");
    set(run, kind, tcp.duplicate_threshold, wanted.duplicate_threshold, "FRRTHRESHOLD");
    set(run, kind, tcp.restrict_low_ports, wanted.restrict_low_ports, "RESTRICTLOWPORTS");
    set(run, kind, tcp.delay_acks, wanted.delay_acks, "DELAYACKS");
    set(run, kind, tcp.nagle, wanted.nagle, "NAGLE");
    set(run, kind, tcp.timestamps, wanted.timestamps, "TCPTIMESTAMP");
    set(run, kind, tcp.selective_ack, wanted.selective_ack, "SELECTIVEACK");
    if (wanted.ephemeral) set_ephemeral(run, kind, tcp.ephemeral, *wanted.ephemeral, "");
}

void carry_out(application& run, udpconfig_statement const& wanted) {
    auto& udp = run.next.udp;
    auto constexpr kind = change_kind::udp_changed;
    set(run, kind, udp.restrict_low_ports, wanted.restrict_low_ports, "UDP RESTRICTLOWPORTS");
    set(run, kind, udp.checksum, wanted.checksum, "UDPCHKSUM");
    set(run, kind, udp.send_buffer, wanted.send_buffer, "UDPSENDBFRSIZE");
    set(run, kind, udp.receive_buffer, wanted.receive_buffer, "UDPRCVBUFRSIZE");
    if (wanted.ephemeral) set_ephemeral(run, kind, udp.ephemeral, *wanted.ephemeral, "UDP ");
}

void carry_out(application& run, somaxconn_statement const& wanted) {
    set(run, change_kind::tcp_changed, run.next.tcp.somaxconn, std::optional(wanted.connections),
        "SOMAXCONN");
}

}  // namespace parser
