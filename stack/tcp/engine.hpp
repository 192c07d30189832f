// TCP of one shard: segments, time and requests go in; segments, events and deadlines come out.
#pragma once

#include "stack/core/entropy.hpp"
#include "stack/core/time.hpp"
#include "stack/packet/chunk_pool.hpp"
#include "stack/shard/settings.hpp"
#include "stack/tcp/boundary.hpp"
#include "stack/tcp/counters.hpp"
#include "stack/tcp/open/secrets.hpp"
#include "stack/tcp/option/detail.hpp"
#include "stack/tcp/option/options.hpp"
#include "stack/tcp/option/report.hpp"
#include "stack/tcp/service_counts.hpp"
#include "stack/tcp/state.hpp"
#include "stack/wire/bound_name.hpp"

#include <boost/system/result.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace stack::tcp {

struct engine_state;

/// Why a router or host said "destination unreachable" (ICMP type 3, ICMPv6 type 1).
enum class unreachable_kind : std::uint8_t { network, host, protocol, port, prohibited };

/// Whether a listener may join others on its endpoint.
enum class endpoint_use : std::uint8_t { alone, shared };

/// A row of displays. `number` names the connection from its first segment to the end of TIME-WAIT.
struct entry {
    std::uint32_t number = 0;
    four_tuple tuple;  ///< of a listener: remote is unspecified, port 0
    tcp::state state = tcp::state::closed;
    std::uint32_t tag = 0;
    bool passive = false;
    connection_id id = {};  ///< valid if it is a connection
};

/// What is alive inside, to find leaks.
struct occupancy {
    std::size_t connections = 0;  ///< dead ones that their user has not closed included
    std::size_t half_open = 0;
    std::size_t time_wait = 0;
    std::size_t listeners = 0;
    std::size_t timers = 0;
    std::size_t chunks = 0;          ///< of data queued or received
    std::size_t reorder_blocks = 0;  ///< connections with a hole in what they received
    std::size_t kept_options = 0;    ///< connections with options of their own
};

/// Does no I/O, reads no clock, runs on one thread. Every call may reach the sink and the observer,
/// which must not call back. What a burst of calls has made due (acknowledgements, data) leaves in
/// advance().
class engine {
  public:
    /// The three live longer than the engine.
    engine(segment_sink& sink, engine_observer& observer, entropy& random);
    ~engine();
    engine(engine const&) = delete;
    engine& operator=(engine const&) = delete;

    /// Numbers of connections come from these, not from secrets of its own. Before the first of
    /// them.
    void use(secrets const& agreed);
    /// Holds for what happens from now on; buffers already promised to a peer are not taken back.
    void configure(tcp_settings const& settings);

    // ---- packets ----
    /// RFC 9293 3.10.7. Malformed segments are counted and dropped.
    void input(incoming_segment const& segment, instant now);
    /// Something of the 4-tuple is alive here: a connection, half-open, or TIME-WAIT.
    bool knows(four_tuple const& tuple) const;
    /// A SYN to `local` finds a listener.
    bool listens(endpoint const& local) const;
    /// Per cent of the backlogs of its listeners that are free of connections not accepted yet; 0:
    /// full. 100 without a listener.
    std::uint8_t backlog_room(endpoint const& local) const;
    /// Of the listeners that take SYNs to `local`; all 0 without one.
    service_counts served(endpoint const& local) const;
    /// ICMP "fragmentation needed" / "packet too big" that quotes sequence number `quoted` of
    /// `tuple`: packets of at most `mtu` bytes from here on. Ignored unless `quoted` is in flight
    /// (RFC 5927 4.1).
    void path_mtu_changed(four_tuple const& tuple, std::uint32_t quoted, std::uint16_t mtu,
                          instant now);
    /// ICMP "destination unreachable" that quotes sequence number `quoted` of `tuple`. Ends a
    /// connection only while it is being opened and the error is a hard one (RFC 9293 3.9.2.2, RFC
    /// 5927 5.2).
    void unreachable(four_tuple const& tuple, std::uint32_t quoted, unreachable_kind kind,
                     instant now);
    /// Tells users what the burst has brought so far; what they do upon it leaves in advance()
    /// together with the acknowledgement of what they were told of. May be left out.
    void announce();
    /// Ends a burst: timers due (a bounded number), then output and acknowledgements owed.
    void advance(instant now);
    /// When advance() must be called if nothing else happens; in the past if timers due were left
    /// over.
    std::optional<instant> next_deadline() const;

    // ---- users ----
    /// Opens a connection; its SYN leaves in advance() at the latest. Errors: address_in_use (the
    /// 4-tuple is alive), network_unreachable (no route).
    boost::system::result<connection_id> connect(four_tuple const& tuple, std::uint32_t tag,
                                                 connection_options const& options, instant now);
    boost::system::result<connection_id> connect(four_tuple const& tuple, std::uint32_t tag,
                                                 instant now) {
        return connect(tuple, tag, {}, now);
    }
    /// Takes connections to what `name` covers; a listener with the exact host goes first, then one
    /// of 0.0.0.0. `backlog` (1..somaxconn) bounds those half-open and, separately, those waiting
    /// to be accepted. Of several listeners on an endpoint, the one with the least filled backlog
    /// gets a connection. Errors: address_in_use (a listener with the same endpoint, and it is not
    /// to be shared).
    boost::system::result<listener_id> listen(bound_name const& name, std::uint16_t backlog,
                                              std::uint32_t tag,
                                              connection_options const& options = {},
                                              endpoint_use use = endpoint_use::alone);
    /// What is in the backlog goes to other listeners with room that it could have gone to; the
    /// rest is reset.
    void close(listener_id id, instant now);
    /// The oldest connection that waits; it keeps the listener's tag until retag().
    std::optional<connection_id> accept(listener_id id);
    void retag(connection_id id, std::uint32_t tag);

    /// Received bytes in order, where they lie (the first 8 places at most); valid until the next
    /// call for `id`.
    fragments readable(connection_id id) const;
    /// Takes `count` bytes off the front of readable().
    void consume(connection_id id, std::size_t count, instant now);
    /// The peer's FIN has come and everything before it has been consumed.
    bool at_end(connection_id id) const;
    /// Room at the end of the send buffer, at most one chunk; valid until the next call for `id`.
    /// Empty if the buffer is full (the observer's writable() follows) or the sending side is
    /// closed.
    std::span<std::byte> writable(connection_id id);
    /// The first `count` bytes of the last writable() are data to send.
    void produced(connection_id id, std::size_t count, instant now);
    /// Puts these bytes at the end of the send buffer without copying them: they stay where and as
    /// they are as long as the engine does. False: nothing has happened, and what is to be sent
    /// goes by writable(): the buffer is full, or ends within a chunk.
    bool lend(connection_id id, std::span<std::byte const, chunk_pool::chunk_size> lasting,
              instant now);
    /// FIN after everything queued.
    void shutdown_send(connection_id id, instant now);
    /// Gives the connection up; `id` is invalid from here on. It ends in order on its own, unless
    /// data was left unread: then it is reset (RFC 2525 2.17).
    void close(connection_id id, instant now);
    /// Resets the connection and gives it up.
    void abort(connection_id id, instant now);
    /// Nothing if `id` is stale.
    std::optional<four_tuple> tuple(connection_id id) const;
    /// closed if `id` is stale or the connection is dead.
    tcp::state state_of(connection_id id) const;
    /// Replaces all options. What concerns the SYN has no effect any more; a listener's are those
    /// of the connections it takes from here on. Of a stale id: nothing happens, and the default.
    void set_options(connection_id id, connection_options const& options, instant now);
    void set_options(listener_id id, connection_options const& options);
    connection_options options(connection_id id) const;
    connection_options options(listener_id id) const;
    /// Nothing if `id` is stale.
    std::optional<connection_report> report(connection_id id, instant now) const;

    /// Ends whatever has this local address, TIME-WAIT included, without a word to any peer; users
    /// are told `why`. Listeners stay.
    void forget(address const& local, boost::system::error_code why);

    // ---- displays and tests ----
    /// Connections, half-open and TIME-WAIT entries, listeners.
    void each(std::function<void(entry const&)> const& visit) const;
    /// Nothing if `id` is stale.
    std::optional<connection_detail> detail(connection_id id, instant now) const;
    tcp::counters const& counters() const;
    occupancy occupied() const;
    /// The first broken rule of the internal state, or nothing: the oracle of simulations.
    std::optional<std::string_view> broken_invariant() const;

  private:
    std::unique_ptr<engine_state> state_;
};

}  // namespace stack::tcp
