// The engine as its users see it: connections and their data.
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/data/tuning.hpp"
#include "stack/tcp/demux.hpp"
#include "stack/tcp/engine.hpp"
#include "stack/tcp/engine_state.hpp"
#include "stack/tcp/open/open.hpp"
#include "stack/tcp/option/option.hpp"
#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/output/output.hpp"

#include <algorithm>

namespace stack::tcp {

namespace errc = boost::system::errc;

namespace {

connection* get(engine_state& s, connection_id id) {
    return s.connections.find(id.index, id.generation);
}

bool has_holes(engine_state const& s, connection const& c) {
    return c.holes != slab<reorder_block>::none && s.holes[c.holes].has_ranges();
}

}  // namespace

boost::system::result<connection_id> engine::connect(four_tuple const& tuple, std::uint32_t tag,
                                                     connection_options const& options,
                                                     instant now) {
    engine_state& s = *state_;
    if (find(s, tuple)) return errc::make_error_code(errc::address_in_use);
    if (path_mss(s, tuple) == 0) return errc::make_error_code(errc::network_unreachable);
    std::uint32_t const index = open_active(s, tuple, tag, options, now);
    return connection_id{index, s.connections.generation(index)};
}

void engine::retag(connection_id id, std::uint32_t tag) {
    if (connection* c = get(*state_, id)) c->tag = tag;
}

fragments engine::readable(connection_id id) const {
    connection const* c = get(*state_, id);
    if (c == nullptr) return {};
    return c->receive.gather(state_->chunks, 0, c->receive.size());
}

void engine::consume(connection_id id, std::size_t count, instant now) {
    engine_state& s = *state_;
    connection* c = get(s, id);
    if (c == nullptr) return;
    c->receive.drop(s.chunks,
                    static_cast<std::uint32_t>(std::min<std::size_t>(count, c->receive.size())));
    if (c->receive.empty()) {
        if (!has_holes(s, *c)) c->receive.clear(s.chunks);
        c->readable_told = c->fin_received;
    }
    tune_receive_buffer(s, *c, now);
    // The window may be worth an update, or the end reached.
    want_output(s, id.index);
}

bool engine::at_end(connection_id id) const {
    connection const* c = get(*state_, id);
    return c != nullptr && c->fin_received && c->receive.empty();
}

std::span<std::byte> engine::writable(connection_id id) {
    engine_state& s = *state_;
    connection* c = get(s, id);
    if (c == nullptr || !c->accepts_data()) return {};
    std::uint32_t const limit = send_limit(s, *c);
    // Short of memory, everybody still gets on, with a chunk each.
    bool const refused = s.memory_is_used_up() && !c->send.empty();
    if (c->send.size() >= limit || refused) {
        c->writable_wanted = true;
        return {};
    }
    auto const room = c->send.room(s.chunks);
    return room.first(std::min<std::size_t>(room.size(), limit - c->send.size()));
}

void engine::produced(connection_id id, std::size_t count, instant now) {
    engine_state& s = *state_;
    connection* c = get(s, id);
    if (c == nullptr || !c->accepts_data()) return;
    c->send.extend(static_cast<std::uint32_t>(count));
    if (c->send.empty()) return c->send.clear(s.chunks);
    note_queued(s, *c, static_cast<std::uint32_t>(count), now);
    want_output(s, id.index);
}

bool engine::lend(connection_id id, std::span<std::byte const, chunk_pool::chunk_size> lasting,
                  instant now) {
    engine_state& s = *state_;
    connection* c = get(s, id);
    if (c == nullptr || !c->accepts_data() || c->send.size() >= send_limit(s, *c)) return false;
    if (!c->send.append_borrowed(s.chunks, lasting)) return false;
    note_queued(s, *c, chunk_pool::chunk_size, now);
    want_output(s, id.index);
    return true;
}

void engine::shutdown_send(connection_id id, instant now) {
    engine_state& s = *state_;
    connection* c = get(s, id);
    if (c == nullptr || c->fin_queued || c->detached()) return;
    // RFC 9293 3.10.4: before ESTABLISHED the FIN waits for the handshake.
    c->fin_queued = true;
    if (c->state == state::established) c->state = state::fin_wait_1;
    if (c->state == state::close_wait) c->state = state::last_ack;
    note_queued(s, *c, 0, now);
    want_output(s, id.index);
}

void engine::close(connection_id id, instant now) {
    engine_state& s = *state_;
    connection* c = get(s, id);
    if (c == nullptr) return;
    if (options_of(s, *c).linger == duration::zero()) return abort(id, now);
    c->owned = false;
    if (c->detached()) return release(s, id.index);
    if (c->state == state::syn_sent) return drop_silently(s, id.index);
    // RFC 2525 2.17, RFC 1122 4.2.2.13
    if (!c->receive.empty()) return reset_and_fail(s, id.index, {});
    shutdown_send(id, now);
    limit_orphan(s, *c, now);
    want_output(s, id.index);
}

void engine::abort(connection_id id, instant) {
    engine_state& s = *state_;
    connection* c = get(s, id);
    if (c == nullptr) return;
    c->owned = false;
    if (c->detached()) return release(s, id.index);
    // RFC 9293 3.10.5: the peer hears of it unless it has not answered yet, or has nothing left to
    // say.
    bool const silent =
        c->state == state::syn_sent || c->state == state::closing || c->state == state::last_ack;
    if (silent) return drop_silently(s, id.index);
    reset_and_fail(s, id.index, {});
}

std::optional<four_tuple> engine::tuple(connection_id id) const {
    connection const* c = get(*state_, id);
    if (c == nullptr) return std::nullopt;
    return c->tuple;
}

state engine::state_of(connection_id id) const {
    connection const* c = get(*state_, id);
    return c == nullptr ? state::closed : c->state;
}

}  // namespace stack::tcp
