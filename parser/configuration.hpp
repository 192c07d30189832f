// The running state of a stack's profile: one immutable value, replaced as a whole by apply().
#pragma once

#include "parser/diagnostic.hpp"
#include "parser/model/profile.hpp"
#include "parser/reservations.hpp"
#include "parser/source_rules.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace parser {

struct interface_configuration {
    std::string name;
    interface_kind kind = interface_kind::virtual_;
    std::string port_name;  ///< IPAQENET only
    std::string device;     ///< of a link that HOME gave the address; empty: made by INTERFACE
    ip_address address;
    std::uint8_t prefix_length = 32;
    std::optional<std::uint16_t> mtu;  ///< empty: the device's
    std::optional<std::string> source_vipa_interface;
    bool started = false;  ///< a VIRTUAL interface always is

    friend bool operator==(interface_configuration const&,
                           interface_configuration const&) = default;
};

/// A DEVICE.
struct device_configuration {
    std::string name;
    bool is_virtual = false;
    bool started = false;

    friend bool operator==(device_configuration const&, device_configuration const&) = default;
};

/// A LINK; with a home address it is an interface too.
struct link_configuration {
    std::string name;
    std::string device;
    bool is_virtual = false;
    std::optional<std::uint8_t> prefix_length;  ///< BSDROUTINGPARMS; empty: the address's class
    std::optional<std::uint16_t> mtu;           ///< BSDROUTINGPARMS; empty: the device's

    friend bool operator==(link_configuration const&, link_configuration const&) = default;
};

struct route_configuration {
    ip_prefix destination;
    std::optional<ip_address> gateway;  ///< empty: directly connected
    std::string interface;
    std::optional<std::uint16_t> mtu;  ///< empty: the interface's
    bool replaceable = false;

    friend bool operator==(route_configuration const&, route_configuration const&) = default;
};

struct ip_configuration {
    bool forwarding = true;  ///< DATAGRAMFWD is the default
    bool source_vipa = false;
    bool sysplex_routing = false;
    std::uint8_t ttl = 64;
    bool multipath = false;  ///< PERCONNECTION
    std::uint8_t reassembly_seconds = 60;
    std::optional<ip_address> tcp_stack_source_vipa;
    std::optional<dynamic_xcf> xcf;

    friend bool operator==(ip_configuration const&, ip_configuration const&) = default;
};

struct ip6_configuration {
    bool forwarding = true;
    bool source_vipa = false;
    std::uint8_t hop_limit = 255;
    bool multipath = false;                            ///< PERCONNECTION
    std::optional<std::string> tcp_stack_source_vipa;  ///< an interface, perhaps a DVIPA's
    std::optional<dynamic_xcf> xcf;                    ///< without cost

    friend bool operator==(ip6_configuration const&, ip6_configuration const&) = default;
};

/// TCPCONFIG and SOMAXCONN. The defaults are z/OS's, but for the first retransmission of a SYN and
/// selective acknowledgements, which are today's TCP.
struct tcp_configuration {
    port_range ephemeral{1024, 65535};
    bool restrict_low_ports = false;
    std::uint32_t time_wait_seconds = 60;
    std::uint32_t fin_wait_2_seconds = 600;
    std::uint32_t connect_timeout_seconds = 75;
    std::uint32_t send_buffer = 64 * 1024;          ///< bytes
    std::uint32_t receive_buffer = 64 * 1024;       ///< bytes
    std::uint32_t max_send_buffer = 256 * 1024;     ///< bytes, as a connection is fast
    std::uint32_t max_receive_buffer = 256 * 1024;  ///< bytes, as a connection is fast
    std::uint8_t retransmit_attempts = 15;
    std::uint32_t connect_initial_milliseconds = 1000;  ///< RFC 6298 2.1
    std::uint32_t max_retransmit_seconds = 120;
    std::uint32_t keep_alive_minutes = 120;  ///< 0: only sockets that name a time have keep-alives
    std::uint32_t probe_seconds = 75;
    std::uint8_t probes = 10;
    std::uint16_t duplicate_threshold = 3;
    bool delay_acks = true;
    bool nagle = true;
    bool timestamps = true;
    bool selective_ack = true;
    std::uint32_t somaxconn = 1024;

    friend bool operator==(tcp_configuration const&, tcp_configuration const&) = default;
};

/// UDPCONFIG.
struct udp_configuration {
    port_range ephemeral{1024, 65535};
    bool restrict_low_ports = false;
    bool checksum = true;
    std::uint16_t send_buffer = 65535;     ///< bytes of a datagram
    std::uint16_t receive_buffer = 65535;  ///< bytes that wait for a socket's user

    friend bool operator==(udp_configuration const&, udp_configuration const&) = default;
};

/// GLOBALCONFIG SYSPLEXMONITOR.
struct sysplex_monitor {
    bool auto_rejoin = false;
    bool delay_join = false;
    bool interfaces = false;
    bool dynamic_routes = false;
    bool recovery = false;
    std::uint16_t seconds = 60;  ///< TIMERSECS

    friend bool operator==(sysplex_monitor const&, sysplex_monitor const&) = default;
};

/// How often statements have specified something. It is no part of what a configuration means.
struct times_specified {
    std::uint32_t count = 0;

    friend bool operator==(times_specified const&, times_specified const&) { return true; }
};

/// GLOBALCONFIG.
struct global_configuration {
    dvipa_mss adjust_dvipa_mss = dvipa_mss::automatic;
    std::optional<port_range> explicit_bind_ports;
    times_specified explicit_bind_specified;  ///< a range: the last one in the sysplex counts
    std::uint8_t wlm_poll_seconds = 60;
    std::optional<std::uint8_t> xcf_group_id;
    sysplex_monitor monitor;
    bool join = true;  ///< without NOJOIN

    friend bool operator==(global_configuration const&, global_configuration const&) = default;
};

/// A stack that VIPADISTRIBUTE names, by its dynamic XCF address.
struct distribution_target {
    static constexpr std::uint8_t default_weight = 10;
    ip_address xcf;
    std::uint8_t weight = default_weight;  ///< WEIGHTEDACTIVE: 0..99
    std::optional<standby_role> standby;   ///< HOTSTANDBY: always there, else never

    friend bool operator==(distribution_target const&, distribution_target const&) = default;
};

/// A VIPADISTRIBUTE, one for each item of its PORT list.
struct distribution {
    std::optional<port_range> ports;  ///< empty: every port that a server listens on
    distribution_method method = distribution_method::base_wlm;
    bool switch_back = true;               ///< HOTSTANDBY: AUTOSWITCHBACK
    bool health_switch = true;             ///< HOTSTANDBY: HEALTHSWITCH
    std::uint16_t affinity_seconds = 0;    ///< TIMEDAFFINITY; 0: none
    std::optional<std::uint8_t> optlocal;  ///< empty: NOOPTLOCAL
    bool all_targets = false;
    std::vector<distribution_target> targets;
    std::optional<port_sharing> sharing;

    friend bool operator==(distribution const&, distribution const&) = default;
};

/// A DVIPA made by VIPADEFINE or VIPABACKUP, and its distributions.
struct dvipa_configuration {
    enum class origin : std::uint8_t { define, backup };

    ip_address address;
    std::string interface;  ///< of IPv6 only
    origin made_by = origin::define;
    /// VIPADEFINE, or VIPABACKUP with MOVEABLE and mask. Without it a backup has mask and
    /// moveability from the owner.
    std::optional<vipabackup_statement::activation> activation;
    std::uint8_t rank = 1;                ///< VIPABACKUP only
    std::optional<port_sharing> sharing;  ///< SYSPLEXPORTS on the VIPADEFINE
    std::vector<distribution> distributions;

    friend bool operator==(dvipa_configuration const&, dvipa_configuration const&) = default;
};

/// A VIPARANGE.
struct vipa_range {
    ip_prefix network;
    std::string interface;  ///< of IPv6 only
    range_move moveable = range_move::nondisruptive;
    std::optional<port_sharing> sharing;
    std::optional<std::string> saf;  ///< the resource whose users may bind; empty: all

    friend bool operator==(vipa_range const&, vipa_range const&) = default;
};

struct configuration {
    std::vector<device_configuration> devices;        ///< in the order defined
    std::vector<link_configuration> links;            ///< in the order defined
    std::vector<interface_configuration> interfaces;  ///< in the order defined
    std::vector<route_configuration> routes;
    ip_configuration ip;
    ip6_configuration ip6;
    tcp_configuration tcp;
    udp_configuration udp;
    reservations ports;
    source_rules sources;
    global_configuration global;
    std::optional<std::string> primary_interface;
    std::vector<dvipa_configuration> dvipas;  ///< in the order defined
    std::vector<vipa_range> ranges;
    std::map<ip_address, ip_address> vipa_routes;  ///< VIPAROUTE: XCF address to target

    interface_configuration const* find_interface(std::string_view name) const;
    dvipa_configuration const* find_dvipa(ip_address const& address) const;
    dvipa_configuration const* find_dvipa(std::string_view interface) const;
    /// The address of an interface, a DVIPA's too.
    std::optional<ip_address> address_of(std::string_view interface) const;
    /// DYNAMICXCF of the family of `host`.
    std::optional<dynamic_xcf> const& xcf_for(ip_address const& host) const {
        return host.is_v4() ? ip.xcf : ip6.xcf;
    }
    /// Whether anything of it has an IPv6 address.
    bool has_ipv6() const;
    /// The most specific range that `address` is in.
    vipa_range const* find_range(ip_address const& address) const;
    /// How the source ports of `dvipa` are shared; nothing if they are not. The keyword on any
    /// definition of an address (VIPADEFINE, one of its VIPADISTRIBUTEs, the most specific
    /// VIPARANGE) shares it.
    std::optional<port_sharing> sharing(ip_address const& dvipa) const;

    friend bool operator==(configuration const&, configuration const&) = default;
};

enum class phase : std::uint8_t {
    initial,  ///< the profile that starts a stack
    obeyfile  ///< a change to a running one
};

enum class on_error : std::uint8_t {
    refuse,  ///< all or nothing
    skip     ///< as z/OS: a faulty statement has no effect, nor has what needs it
};

struct apply_result {
    configuration next;  ///< to be used only if ok(), or with on_error::skip
    std::vector<diagnostic> diagnostics;
    bool complete = true;  ///< as the profile was

    bool ok() const { return complete && !has_errors(diagnostics); }
};

/// What `running` becomes when the statements of `change` are carried out, as z/OS does:
/// VIPADYNAMIC after everything else, START and then STOP last. All or nothing, unless `then` says
/// otherwise: with any error, or an incomplete profile, `next` is meaningless; what is wrong with
/// the statements there are is said all the same. Pure.
apply_result apply(configuration const& running, profile const& updates, phase when,
                   on_error then = on_error::refuse);

/// The configuration as a profile that would recreate it.
std::string to_profile(configuration const& running);

}  // namespace parser
