// The statements of a profile as they were written: one struct each, nothing interpreted.
//
// A field that is std::optional is empty if the statement leaves it out. Names are folded to upper
// case.
#pragma once

#include "parser/model/distribution_method.hpp"
#include "parser/model/ip_address.hpp"
#include "parser/model/port_sharing.hpp"
#include "parser/model/short_name.hpp"
#include "parser/model/span.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace parser {

using spanned_name = spanned<std::string>;
using spanned_address = spanned<ip_address>;

enum class interface_kind : std::uint8_t { ipaqenet, virtual_ };

/// INTERFACE name DEFINE type ...; IPAQENET6 or VIRTUAL6 if the address is an IPv6 address.
struct interface_statement {
    spanned_name name;
    interface_kind kind = interface_kind::virtual_;
    std::optional<std::string> port_name;
    std::optional<spanned_address> address;
    std::optional<std::uint8_t> prefix_length;
    std::optional<std::uint16_t> mtu;
    std::optional<spanned_name> source_vipa_interface;
};

/// DEVICE name type, or DELETE DEVICE name. All that is not VIRTUAL is a TUN device.
struct device_statement {
    bool remove = false;  ///< DELETE
    spanned_name name = {};
    bool is_virtual = false;
};

/// LINK name type device, or DELETE LINK name.
struct link_statement {
    bool remove = false;  ///< DELETE
    spanned_name name = {};
    spanned_name device = {};
    bool is_virtual = false;
};

/// HOME: addresses of links.
struct home_statement {
    struct entry {
        spanned_address address;
        spanned_name link;
    };
    std::vector<entry> entries;
};

/// An entry of BSDROUTINGPARMS.
struct link_network_statement {
    spanned_name link;
    std::optional<std::uint16_t> mtu;  ///< empty: DEFAULTSIZE
    std::uint8_t prefix_length = 0;
};

/// START name.
struct start_statement {
    spanned_name interface;
};

/// STOP name.
struct stop_statement {
    spanned_name interface;
};

/// BEGINROUTES: what follows up to the next one is one block of routes.
struct begin_routes_statement {};

/// ROUTE destination {gateway | =} interface MTU n.
struct route_statement {
    spanned_address destination;
    std::uint8_t prefix_length = 0;
    std::optional<ip_address> gateway;  ///< empty: `=`, directly connected
    spanned_name interface;
    std::optional<std::uint16_t> mtu;  ///< empty: DEFAULTSIZE
    bool replaceable = false;
};

/// IPCONFIG DYNAMICXCF address/length cost [SOURCEVIPAINTERFACE name].
struct dynamic_xcf {
    ip_address address;
    std::uint8_t prefix_length = 32;
    std::uint8_t cost = 0;  ///< 0..14
    std::optional<std::string> source_vipa_interface = {};

    friend bool operator==(dynamic_xcf const&, dynamic_xcf const&) = default;
};

/// IPCONFIG. The inner optional of a pair is empty for the NO form.
struct ipconfig_statement {
    std::optional<bool> forwarding;
    std::optional<bool> source_vipa;
    std::optional<bool> sysplex_routing;
    std::optional<std::uint8_t> ttl;
    std::optional<bool> multipath;
    std::optional<std::uint8_t> reassembly_seconds;
    std::optional<std::optional<spanned_address>> tcp_stack_source_vipa;
    std::optional<std::optional<spanned<dynamic_xcf>>> xcf;
};

/// IPCONFIG6. The inner optional of a pair is empty for the NO form.
struct ipconfig6_statement {
    std::optional<bool> forwarding;
    std::optional<bool> source_vipa;
    std::optional<std::uint8_t> hop_limit;
    std::optional<bool> multipath;
    std::optional<std::optional<spanned_name>> tcp_stack_source_vipa;
    std::optional<std::optional<spanned<dynamic_xcf>>> xcf;
};

/// First and last of a range of ports.
struct port_range {
    std::uint16_t first = 0;
    std::uint16_t last = 0;

    bool overlaps(port_range const& other) const {
        return first <= other.last && other.first <= last;
    }
    friend bool operator==(port_range const&, port_range const&) = default;
};

/// UDPCONFIG.
struct udpconfig_statement {
    std::optional<spanned<port_range>> ephemeral;
    std::optional<bool> restrict_low_ports;
    std::optional<bool> checksum;
    std::optional<std::uint16_t> send_buffer;
    std::optional<std::uint16_t> receive_buffer;
};

/// TCPCONFIG.
struct tcpconfig_statement {
    std::optional<spanned<port_range>> ephemeral;
    std::optional<std::uint32_t> time_wait_seconds;
    std::optional<std::uint32_t> fin_wait_2_seconds;
    std::optional<std::uint32_t> connect_timeout_seconds;
    std::optional<std::uint32_t> send_buffer;
    std::optional<std::uint32_t> receive_buffer;
    std::optional<std::uint32_t> max_send_buffer;
    std::optional<std::uint32_t> max_receive_buffer;
    std::optional<std::uint8_t> retransmit_attempts;
    std::optional<std::uint32_t> connect_initial_milliseconds;
    std::optional<std::uint32_t> max_retransmit_seconds;
    std::optional<std::uint32_t> keep_alive_minutes;
    std::optional<std::uint32_t> probe_seconds;
    std::optional<std::uint8_t> probes;
    std::optional<std::uint16_t> duplicate_threshold;
    std::optional<bool> restrict_low_ports;
    std::optional<bool> delay_acks;
    std::optional<bool> nagle;
    std::optional<bool> timestamps;
    std::optional<bool> selective_ack;
};

/// SOMAXCONN n.
struct somaxconn_statement {
    std::uint32_t connections = 0;
};

enum class port_protocol : std::uint8_t { tcp, udp };

/// SHAREPORT or SHAREPORTWLM: several listeners on one port.
enum class listener_sharing : std::uint8_t { none, shareport, shareport_wlm };

/// What may follow the job on PORT and PORTRANGE.
struct port_options {
    bool no_autolog = false;
    std::optional<bool> delay_acks;                     ///< empty: as TCPCONFIG says
    listener_sharing sharing = listener_sharing::none;  ///< of PORT only
    std::optional<short_name> saf;                      ///< the name of a resource

    friend bool operator==(port_options const&, port_options const&) = default;
};

/// One entry of a PORT or DELETE PORT list. A profile may have millions: the order of the members
/// leaves no gaps.
struct port_statement {
    spanned<std::uint16_t> port;
    std::optional<spanned_address> bind;
    std::optional<short_name> job;  ///< empty: RESERVED
    bool remove = false;            ///< DELETE
    port_protocol protocol = port_protocol::tcp;
    port_options options;
};

/// When PORT UNRSV looks at a program.
enum class unreserved_check : std::uint8_t { bind, listen };

/// PORT UNRSV, or DELETE PORT UNRSV: who may use ports that are not reserved.
struct unreserved_statement {
    bool remove = false;  ///< DELETE
    port_protocol protocol = port_protocol::tcp;
    spanned_name job;
    bool deny = false;
    std::optional<std::string> saf;
    unreserved_check when = unreserved_check::bind;
};

/// One entry of a PORTRANGE or DELETE PORTRANGE list.
struct portrange_statement {
    bool remove = false;  ///< DELETE
    spanned<port_range> ports;
    port_protocol protocol = port_protocol::tcp;
    std::optional<short_name> job;  ///< empty: RESERVED, or AUTHPORT
    bool authport = false;
    port_options options;
};

/// SRCIP: the entries up to the next one are one block.
struct srcip_statement {};

/// TEMPADDRS or PUBLICADDRS, for IPv6 connections.
enum class address_preference : std::uint8_t { temporary, public_ };

/// The source address of an SRCIP entry: itself, the name of an IPv6 interface, or a preference.
using source_choice = std::variant<ip_address, std::string, address_preference>;

enum class source_role : std::uint8_t { client, server, both };

/// SRCIP JOBNAME job source [role].
struct srcip_job_statement {
    spanned_name job;
    spanned<source_choice> source;
    source_role role = source_role::client;
};

/// SRCIP DESTINATION network source.
struct srcip_destination_statement {
    spanned_address destination;
    std::uint8_t prefix_length = 0;
    spanned<source_choice> source;
};

/// GLOBALCONFIG ADJUSTDVIPAMSS.
enum class dvipa_mss : std::uint8_t { automatic, all, none };

/// GLOBALCONFIG. The inner optional of a pair is empty for the NO form.
struct globalconfig_statement {
    std::optional<dvipa_mss> adjust_dvipa_mss;
    std::optional<std::optional<spanned<port_range>>> explicit_bind_ports;
    std::optional<std::uint8_t> wlm_poll_seconds;
    std::optional<spanned<std::uint8_t>> xcf_group_id;
    // SYSPLEXMONITOR:
    std::optional<bool> auto_rejoin;
    std::optional<bool> delay_join;
    std::optional<span> no_join;
    std::optional<bool> monitor_interfaces;
    std::optional<bool> dynamic_routes;
    std::optional<bool> recovery;
    std::optional<std::uint16_t> monitor_seconds;
};

/// SYSPLEXPORTS ... or NOSYSPLEXPORTS (the inner optional empty).
using sharing_keyword = spanned<std::optional<port_sharing>>;

enum class vipa_move : std::uint8_t { immediate, when_idle };

/// VIPADEFINE mask address...; or interface address/length, of one IPv6 DVIPA.
struct vipadefine_statement {
    std::optional<sharing_keyword> sharing;
    vipa_move moveable = vipa_move::immediate;
    std::uint8_t prefix_length = 32;
    std::optional<spanned_name> interface;
    std::vector<spanned_address> addresses;
};

/// VIPABACKUP [rank] [MOVEABLE how mask] address...; or with interface and address, as VIPADEFINE.
struct vipabackup_statement {
    std::uint8_t rank = 1;  ///< 1..254, the highest takes over first
    struct activation {
        vipa_move moveable = vipa_move::immediate;
        std::uint8_t prefix_length = 32;
        friend bool operator==(activation const&, activation const&) = default;
    };
    std::optional<activation>
        activate;  ///< MOVEABLE and mask given: active at once if nobody has it
    std::optional<spanned_name> interface;
    std::vector<spanned_address> addresses;
};

/// VIPADELETE address... or interface.
struct vipadelete_statement {
    std::optional<spanned_name> interface;
    std::vector<spanned_address> addresses;
};

/// One of DESTIP's list.
struct destip_target {
    spanned_address xcf;
    std::optional<spanned<std::uint8_t>> weight;  ///< 0..99
    std::optional<spanned<standby_role>> standby;
};

/// VIPADISTRIBUTE.
struct vipadistribute_statement {
    bool remove = false;  ///< DELETE
    std::optional<distribution_method> method;
    std::optional<bool> switch_back;                      ///< AUTOSWITCHBACK of HOTSTANDBY
    std::optional<bool> health_switch;                    ///< HEALTHSWITCH of HOTSTANDBY
    std::optional<std::uint16_t> affinity_seconds;        ///< TIMEDAFFINITY; 0: none
    std::optional<std::optional<std::uint8_t>> optlocal;  ///< inner empty: NOOPTLOCAL
    std::optional<sharing_keyword> sharing;
    spanned_address dvipa;                   ///< unless `interface`
    std::optional<spanned_name> interface;   ///< of an IPv6 DVIPA
    std::vector<spanned<port_range>> ports;  ///< empty: every port that a server listens on
    bool all_targets = false;                ///< DESTIP ALL
    std::vector<destip_target> targets;      ///< dynamic XCF addresses, unless all_targets
};

enum class range_move : std::uint8_t { nondisruptive, disruptive };

/// VIPARANGE mask network; or interface network/length, of IPv6.
struct viparange_statement {
    bool remove = false;  ///< DELETE
    std::optional<sharing_keyword> sharing;
    std::optional<range_move> moveable;
    std::optional<spanned_name> interface;
    spanned<ip_prefix> network;
    std::optional<std::string> saf;  ///< the name of a resource
};

/// VIPAROUTE xcf target.
struct viparoute_statement {
    bool remove = false;  ///< DELETE
    spanned_address xcf;  ///< the dynamic XCF address of a stack
    spanned_address target;
};

/// PRIMARYINTERFACE name.
struct primaryinterface_statement {
    spanned_name interface;
};

}  // namespace parser
