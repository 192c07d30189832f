#include "parser/apply/application.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

/// Takes over a value that the statement names.
template <typename Value, typename Wanted>
void set(Value& current, std::optional<Wanted> const& wanted) {
    if (wanted) current = *wanted;
}

void set_ephemeral(application& run, port_range& current, spanned<port_range> const& wanted) {
    port_range const ports = wanted.value;
    if (ports.last < ports.first)
        return run.error(wanted.where,
                         fmt::format("EPHEMERALPORTS {} {}: the first port is above the last",
                                     ports.first, ports.last),
                         fmt::format("write EPHEMERALPORTS {} {}", ports.last, ports.first));
    current = ports;
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
    std::string const holder = run.find.holder_in_home(value->address);
    if (!holder.empty() || run.find.dvipa(value->address) != nullptr)
        run.error(wanted->where,
                  fmt::format("{} is already the address of {}", text,
                              holder.empty() ? "a DVIPA" : holder),
                  "give DYNAMICXCF an address of its own");
    current = value;
}

void set_source_vipa(application& run, std::optional<spanned_address> const& wanted) {
    if (wanted && !is_host_address(wanted->value))
        return run.error(wanted->where,
                         fmt::format("{} is not the address of a host", wanted->value.to_string()),
                         "name a VIPA");
    run.next.ip.tcp_stack_source_vipa =
        wanted ? std::optional(wanted->value) : std::optional<ip_address>();
}

}  // namespace

void carry_out(application& run, ipconfig_statement const& wanted, span where) {
    auto& ip = run.next.ip;
    set(ip.forwarding, wanted.forwarding);
    set(ip.source_vipa, wanted.source_vipa);
    set(ip.sysplex_routing, wanted.sysplex_routing);
    set(ip.ttl, wanted.ttl);
    set(ip.multipath, wanted.multipath);
    set(ip.reassembly_seconds, wanted.reassembly_seconds);
    if (wanted.xcf) set_dynamic_xcf(run, ip.xcf, run.running.ip.xcf, *wanted.xcf, where);
    if (wanted.tcp_stack_source_vipa) set_source_vipa(run, *wanted.tcp_stack_source_vipa);
}

void carry_out(application& run, ipconfig6_statement const& wanted, span where) {
    auto& ip = run.next.ip6;
    set(ip.forwarding, wanted.forwarding);
    set(ip.source_vipa, wanted.source_vipa);
    set(ip.hop_limit, wanted.hop_limit);
    set(ip.multipath, wanted.multipath);
    if (wanted.xcf) set_dynamic_xcf(run, ip.xcf, run.running.ip6.xcf, *wanted.xcf, where);
    if (!wanted.tcp_stack_source_vipa) return;
    auto const& given = *wanted.tcp_stack_source_vipa;
    ip.tcp_stack_source_vipa = given ? std::optional(given->value) : std::nullopt;
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
    auto const address = run.find.address_of(*ip.tcp_stack_source_vipa);
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
    set(tcp.time_wait_seconds, wanted.time_wait_seconds);
    set(tcp.fin_wait_2_seconds, wanted.fin_wait_2_seconds);
    set(tcp.connect_timeout_seconds, wanted.connect_timeout_seconds);
    set(tcp.send_buffer, wanted.send_buffer);
    set(tcp.receive_buffer, wanted.receive_buffer);
    set(tcp.max_send_buffer, wanted.max_send_buffer);
    set(tcp.max_receive_buffer, wanted.max_receive_buffer);
    set(tcp.retransmit_attempts, wanted.retransmit_attempts);
    set(tcp.connect_initial_milliseconds, wanted.connect_initial_milliseconds);
    set(tcp.max_retransmit_seconds, wanted.max_retransmit_seconds);
    set(tcp.keep_alive_minutes, wanted.keep_alive_minutes);
    set(tcp.probe_seconds, wanted.probe_seconds);
    set(tcp.probes, wanted.probes);
    set(tcp.duplicate_threshold, wanted.duplicate_threshold);
    set(tcp.restrict_low_ports, wanted.restrict_low_ports);
    set(tcp.delay_acks, wanted.delay_acks);
    set(tcp.nagle, wanted.nagle);
    set(tcp.timestamps, wanted.timestamps);
    set(tcp.selective_ack, wanted.selective_ack);
    if (wanted.ephemeral) set_ephemeral(run, tcp.ephemeral, *wanted.ephemeral);
}

void carry_out(application& run, udpconfig_statement const& wanted) {
    auto& udp = run.next.udp;
    set(udp.restrict_low_ports, wanted.restrict_low_ports);
    set(udp.checksum, wanted.checksum);
    set(udp.send_buffer, wanted.send_buffer);
    set(udp.receive_buffer, wanted.receive_buffer);
    if (wanted.ephemeral) set_ephemeral(run, udp.ephemeral, *wanted.ephemeral);
}

void carry_out(application& run, somaxconn_statement const& wanted) {
    run.next.tcp.somaxconn = wanted.connections;
}

}  // namespace parser
