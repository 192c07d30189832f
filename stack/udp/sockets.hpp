// The UDP sockets of a shard (RFC 768): names, datagrams in and out, and what ICMP says of them.
#pragma once

#include "stack/core/index_list.hpp"
#include "stack/core/slab.hpp"
#include "stack/core/time.hpp"
#include "stack/ip/counters.hpp"
#include "stack/ip/input.hpp"
#include "stack/ip/topology.hpp"
#include "stack/packet/chunk_pool.hpp"
#include "stack/socket/port_walk.hpp"
#include "stack/udp/boundary.hpp"
#include "stack/udp/socket_state.hpp"
#include "stack/wire/bound_name.hpp"
#include "stack/wire/keyed_hash.hpp"
#include "stack/wire/udp.hpp"

#include <boost/system/error_code.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace stack::udp {

using boost::system::error_code;

/// Index plus generation, so a stale one is recognised: calls with one do nothing, and answer
/// bad_file_descriptor if they answer.
struct socket_id {
    std::uint32_t index = 0xffffffff;
    std::uint32_t generation = 0;
    friend constexpr bool operator==(socket_id const&, socket_id const&) = default;
};

/// Something can be taken: a datagram, or an error. Told when there was nothing before.
struct event {
    socket_id socket;
    std::uint64_t cookie = 0;  ///< the user's own, from open()
};

/// A row of displays.
struct socket_info {
    std::uint32_t number = 0;  ///< from 1 up, never reused
    std::string_view job;
    four_tuple name;  ///< remote is empty unless connected
    traffic count;
    std::uint32_t queued = 0;  ///< datagrams
};

struct bind_options {
    bool reuse = false;  ///< may share the port with others that may, if the names differ: 4.4BSD's
                         ///< SO_REUSEADDR
    bool v6_only = false;  ///< :: is any address of IPv6 alone
};

/// Ports are this stack's own, of shared DVIPAs as well: SYSPLEXPORTS is about connections.
class sockets {
  public:
    sockets(datagram_sink& out, name_observer& observer, ip::topology const& topology,
            ip::counters& counts, siphash_key const& key);
    ~sockets();
    sockets(sockets const&) = delete;
    sockets& operator=(sockets const&) = delete;

    // ---- for users; all is done when a call returns ----
    /// A socket for `job` (1..8 characters); `cookie` comes back in its events.
    socket_id open(std::string_view job, std::uint64_t cookie);
    /// `local.host` may be unspecified: see bound_name; `local.port` 0 takes one of EPHEMERALPORTS.
    /// Errors: address_not_available, address_in_use, permission_denied, invalid_argument if it has
    /// a name.
    error_code bind(socket_id id, endpoint const& local, bind_options const& options = {});
    /// From here on datagrams go to `remote` if they name nobody, come from there alone, and errors
    /// about them are told (RFC 1122 4.1.3.3). Fixes the local address, as of a TCP connection.
    /// May be called again. What is queued stays.
    error_code connect(socket_id id, endpoint const& remote);
    /// Takes connect() back; the name is what bind() made it.
    error_code disconnect(socket_id id);
    /// To `remote`, or to whom it is connected: destination_address_required if to nobody. Gives a
    /// socket without a name one. message_size: longer than UDPSENDBFRSIZE or than IP carries;
    /// network_unreachable: no route; permission_denied: to the broadcast address. An error that
    /// waits is told instead of sending. `from`, unless it is unspecified, is the source (RFC 1122
    /// 4.1.3.5: an answer comes from where its question went): address_not_available if the socket
    /// may not have it.
    error_code send(socket_id id, std::optional<endpoint> const& remote, fragments const& payload,
                    instant now, address const& from = {});
    /// The oldest datagram, valid until the next call for this socket. Nothing: none waits.
    std::optional<received_datagram> front(socket_id id) const;
    /// Drops the oldest datagram, which must be there.
    void pop(socket_id id);
    /// What ICMP said, and forgets it.
    error_code take_error(socket_id id);
    /// What it has sent and received. Nothing of a stale one.
    std::optional<traffic> count(socket_id id) const;
    /// The socket's name; remote is empty unless connected. Nothing before it has one.
    std::optional<four_tuple> name(socket_id id) const;
    void close(socket_id id);

    std::span<event const> events() const { return events_; }
    void clear_events() { events_.clear(); }

    // ---- for the layers below ----
    enum class match {
        none,
        bound,     ///< a socket takes what comes to this address and port
        connected  ///< or to these from this peer alone
    };
    match takes(four_tuple const& received) const;
    /// A packet of UDP. False: its port is nobody's; all else is done or counted.
    bool input(ip::inbound const& packet);
    /// An ICMP error about what the socket of this name has sent (RFC 1122 4.1.3.3): told if it is
    /// connected. False if there is none.
    bool unreachable(four_tuple const& sent, error_code why);
    /// ICMPv6 "packet too big" about what was sent (RFC 8201): what follows is cut to `mtu` bytes.
    bool path_mtu_changed(four_tuple const& sent, std::uint16_t mtu, instant now);

    /// After the topology has changed: sockets whose address is gone die with network_down.
    void configure();
    /// Sockets of this address die with network_down, and nothing leaves for them.
    void fence(address const& local);

    /// A socket's name has this address.
    bool uses(address const& local) const;
    void each(std::function<void(socket_info const&)> const& visit) const;
    /// visit(bound_name, remote) of each name, as name_observer has them.
    template <class Visitor>
    void each_name(Visitor&& visit) const {
        sockets_.each([&](std::uint32_t, socket_state const& s) {
            if (s.has_name()) visit(s.local_name(), s.remote);
        });
    }

  private:
    using port_list = index_list<socket_state, &socket_state::on_port>;

    error_code name_for_bind(socket_state const& s, bound_name& name, bool reuse) const;
    bool is_taken(bound_name const& name, bool reuse) const;
    std::optional<std::uint16_t> pick_port(bound_name name, endpoint const& remote);
    error_code choose_source(socket_state const& s, endpoint const& remote, address& source) const;
    error_code check_source(socket_state const& s, endpoint const& remote,
                            address const& source) const;
    error_code check_destination(endpoint const& remote) const;
    error_code rename(std::uint32_t index, endpoint const& remote, address const& source);
    void give_name(std::uint32_t index, bound_name const& name);
    void take_name(std::uint32_t index);
    void die(std::uint32_t index);

    std::optional<std::uint32_t> find(four_tuple const& name) const;
    std::optional<std::uint32_t> find_receiver(four_tuple const& received) const;
    void keep(std::uint32_t index, wire::udp_datagram const& datagram, four_tuple const& tuple);
    void tell(std::uint32_t index);
    void report(std::uint32_t index, error_code why);

    datagram_sink& out_;
    name_observer& observer_;
    ip::topology const& topology_;
    ip::counters& counts_;
    socket::port_walk walk_;
    slab<socket_state> sockets_;
    chunk_pool chunks_;
    boost::unordered_flat_map<four_tuple, std::uint32_t, wire::keyed_hash> names_;
    boost::unordered_flat_map<std::uint16_t, port_list> on_port_;
    std::vector<event> events_;
    std::uint32_t last_number_ = 0;
};

}  // namespace stack::udp
