// Everything a shard is told about its configuration and about the sysplex: one immutable value,
// replaced as a whole.
#pragma once

#include "stack/core/time.hpp"
#include "stack/shard/distribution_settings.hpp"
#include "stack/shard/member.hpp"
#include "stack/udp/settings.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace stack {

/// An INTERFACE of the profile, or a loopback that every stack has. It has one address, of either
/// family; an adapter with both is two interfaces, as on z/OS, which may lead to one device.
struct interface_settings {
    enum class kind : std::uint8_t {
        device,    ///< a TUN device stands behind it
        virtual_,  ///< a static VIPA: an address only
        loopback,  ///< LOOPBACK, 127.0.0.1/8, and LOOPBACK6, ::1/128
        xcf        ///< the dynamic XCF address: reached through the group, never a kernel device
    };
    std::string name;
    kind type = kind::device;
    address host;
    std::uint8_t prefix_length = 32;
    std::uint16_t mtu = 1500;
    bool active = true;                  ///< START/STOP
    std::optional<address> source_vipa;  ///< SOURCEVIPAINTERFACE, resolved
};

/// A static route. Direct if `gateway` is unspecified. Several may have one destination: see
/// ip_settings::multipath.
struct route_settings {
    prefix destination;
    address gateway;
    std::size_t interface = 0;  ///< position in settings::interfaces
    std::uint16_t mtu = 0;      ///< 0: the interface's
};

/// A dynamic VIPA that this stack has in some role.
struct dvipa_settings {
    enum class role : std::uint8_t {
        owner,   ///< packets for it arrive here; this stack routes them by VCRT and VDPT
        target,  ///< distributed to this stack: internal address, its packets come and go through
                 ///< `owner`
        moving   ///< given up, connections remain
    };
    address host;
    std::uint8_t prefix_length = 32;
    role part = role::owner;
    member_id
        owner;  ///< who owns it; this stack itself if role::owner; may be invalid (owner gone)
    /// Of an owner that is new to it: it may not yet know all connections that other stacks have.
    /// What it does not know waits, and is not answered.
    bool settling = false;
    bool shared = false;  ///< source ports come from the port_source
    /// A port serves several destinations, on several stacks: the port_source is told of
    /// connections, not only of ports (the facility's form HASHTABLE).
    bool shared_by_connection = false;
    /// Bytes that are put around what comes here for it, on its way through a tunnel: so much
    /// smaller is the MSS that connections announce. 0, 24 of IPv4 or 40 of IPv6.
    std::uint8_t tunnel_overhead = 0;
    /// Who may get connections to which ports, the owner itself included if so. Their ports do not
    /// overlap; at most one is_dynamic().
    std::vector<distribution_settings> distributions;

    /// The one that connections to `port` are the owner's to hand out by; nullptr if they are not.
    distribution_settings const* distribution_of(std::uint16_t port) const;
    /// Whether a PORT list has it: a service port, which no stack may pick as a source port.
    bool serves(std::uint16_t port) const;
    bool is_target(member_id who) const;
};

/// A PORT reservation.
struct port_reservation {
    std::uint16_t port = 0;
    bool tcp = true;
    std::string job;  ///< who may bind the port: this job; those that begin so, with * at the end;
                      ///< nobody if empty
    std::optional<address> bind;  ///< PORT ... BIND: a socket bound to any address gets this one
    bool shared = false;          ///< SHAREPORT: the port may have several listeners
};

/// PORT UNRSV: who may use the ports that no reservation names.
struct unreserved_rule {
    enum class check : std::uint8_t { bind, listen };  ///< WHENBIND, WHENLISTEN
    bool tcp = true;
    std::string job;    ///< as of port_reservation
    bool deny = false;  ///< DENY: the job may not
    check when = check::bind;
};

/// GLOBALCONFIG EXPLICITBINDPORTRANGE: a pool of TCP ports of which the stacks of a sysplex have
/// each at most once, whatever the address.
struct explicit_bind_settings {
    std::uint16_t first = 0;  ///< the range in effect in the sysplex; 0: none. No ephemeral ports.
    std::uint16_t last = 0;
    /// Sockets of this stack that are bound to any address and port 0 get a port of the pool.
    bool takes_part = false;

    bool contains(std::uint16_t port) const { return first != 0 && first <= port && port <= last; }
    friend bool operator==(explicit_bind_settings const&, explicit_bind_settings const&) = default;
};

/// TCPCONFIG and the fixed limits of the TCP engine.
struct tcp_settings {
    std::uint16_t first_ephemeral = 1024;
    std::uint16_t last_ephemeral = 65535;
    bool restrict_low_ports = false;  ///< RESTRICTLOWPORTS: below 1024 only with a PORT reservation

    // ---- memory ----
    /// Bytes a connection may queue to send, and hold received (the window offered): at first, and
    /// at most as it is found to be fast. A maximum below the first value means that value.
    std::uint32_t send_buffer = 256 * 1024;               ///< TCPSENDBFRSIZE
    std::uint32_t receive_buffer = 256 * 1024;            ///< TCPRCVBUFRSIZE
    std::uint32_t max_send_buffer = 16 * 1024 * 1024;     ///< TCPMAXSENDBUFRSIZE
    std::uint32_t max_receive_buffer = 16 * 1024 * 1024;  ///< TCPMAXRCVBUFRSIZE
    std::size_t buffer_memory = std::size_t{1} << 30;     ///< bytes of all connections' buffers
    std::uint32_t half_opens = 8192;     ///< of all listeners; beyond it SYN cookies (RFC 4987)
    std::uint32_t time_waits = 262'144;  ///< beyond it the oldest goes
    std::uint16_t somaxconn = 1024;      ///< SOMAXCONN

    // ---- patience ----
    duration time_wait = std::chrono::seconds(60);    ///< RFC 9293 3.6.1, TIMEWAITINTERVAL
    duration fin_wait_2 = std::chrono::seconds(600);  ///< FINWAIT2TIME, of a closed socket
    duration connect_timeout = std::chrono::seconds(75);
    std::uint8_t retransmit_attempts = 15;
    /// CONNECTINITINTERVAL, at most 3 s: until a SYN is sent again for the first time.
    duration initial_rto = std::chrono::seconds(1);  ///< RFC 6298 2.1
    /// MAXIMUMRETRANSMITTIME, at most an hour: between two retransmissions.
    std::chrono::seconds max_rto{60};  ///< RFC 6298 2.5
    /// RFC 9293 3.8.4, of users who ask for keep-alives: INTERVAL (zero: only for those who name a
    /// time of their own), KEEPALIVEPROBEINTERVAL, KEEPALIVEPROBES.
    duration keepalive_idle = std::chrono::hours(2);
    duration keepalive_interval = std::chrono::seconds(75);
    std::uint8_t keepalive_probes = 10;

    // ---- ways ----
    bool nagle = true;          ///< NAGLE
    bool delay_acks = true;     ///< DELAYACKS
    bool timestamps = true;     ///< TCPTIMESTAMP: offered and taken (RFC 7323)
    bool selective_ack = true;  ///< SELECTIVEACK: offered and taken (RFC 2018)
    /// FRRTHRESHOLD: segments that have arrived beyond a hole when it counts as loss and not as
    /// reordering (RFC 5681 3.2, RFC 8985 6.2).
    std::uint16_t duplicate_threshold = 3;
};

/// IPCONFIG or IPCONFIG6: what holds for one address family.
struct ip_settings {
    bool forwarding = false;                       ///< DATAGRAMFWD
    bool source_vipa = false;                      ///< SOURCEVIPA
    std::optional<address> tcp_stack_source_vipa;  ///< TCPSTACKSOURCEVIPA; of the same family
    std::uint8_t ttl = 64;                         ///< TTL, or HOPLIMIT
    /// MULTIPATH PERCONNECTION: flows are spread over the routes of the longest prefix, by a keyed
    /// hash of their addresses. NOMULTIPATH: the first of them with an active device has it all.
    bool multipath = false;
    /// REASSEMBLYTIMEOUT, 1 to 240 s (RFC 1122 3.3.2); of IPv6 always 60 s (RFC 8200 4.5).
    duration reassembly_timeout = std::chrono::seconds(60);
};

/// SRCIP: the source of connections that a job opens, or to a network.
struct source_rule {
    std::string job;     ///< may end in *; "*" with DESTINATION
    prefix destination;  ///< with JOBNAME all addresses of the family
    address source;      ///< of the same family; ::, chosen as without SRCIP
};

/// SRCIP JOBNAME ... SERVER or BOTH: what a TCP socket of the job is bound to that is bound to any
/// address of the family.
struct server_source {
    std::string job;  ///< may end in *
    address source;
};

/// VIPAROUTE: what this stack, as the owner of a DVIPA, sends on to another one of the group goes
/// over the network and not by XCF. Of each family there is one at most to a stack.
struct tunnel_settings {
    member_id to;
    address via;  ///< an address of that stack, of the family of what is sent
};

/// A home address of another stack of the group: a tunnel may come from it.
struct tunnel_source {
    address host;
    member_id who;
};

/// SYSPLEX,QUIESCE: servers of this stack that get no more connections of a distribution; those
/// they have stay.
struct quiesced_servers {
    bool all = false;
    std::set<std::uint16_t> ports;

    bool contains(std::uint16_t port) const { return all || ports.contains(port); }
    friend bool operator==(quiesced_servers const&, quiesced_servers const&) = default;
};

struct settings {
    member_id self;
    std::vector<interface_settings> interfaces;  ///< HOME order; [0] is LOOPBACK
    std::vector<route_settings> routes;
    std::vector<dvipa_settings> dvipas;   ///< at the end of the HOME list, in the order created
    std::vector<port_reservation> ports;  ///< sorted by `tcp`, then by port
    /// If there is one of a protocol, its jobs are those that one admits, and no others; of several
    /// for a job the first one counts.
    std::vector<unreserved_rule> unreserved;
    std::vector<source_rule> sources;           ///< the first one that fits a connection counts
    std::vector<server_source> server_sources;  ///< likewise of a bind
    quiesced_servers quiesced;
    std::vector<tunnel_settings> tunnels;
    std::vector<tunnel_source> tunnel_sources;  ///< sorted by address
    explicit_bind_settings explicit_bind;
    tcp_settings tcp;
    udp_settings udp;
    ip_settings ip;   ///< of IPv4
    ip_settings ip6;  ///< of IPv6

    ip_settings const& ip_for(address const& host) const { return host.is_v4() ? ip : ip6; }
};

}  // namespace stack
