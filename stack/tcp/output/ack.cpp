// When received data is acknowledged.
#include "stack/tcp/data/holes.hpp"
#include "stack/tcp/data/window.hpp"
#include "stack/tcp/limits.hpp"
#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/output/output.hpp"
#include "stack/tcp/timers.hpp"

#include <algorithm>

namespace stack::tcp {

void ack_sent(engine_state& s, connection& c) {
    c.segments_owed = 0;
    c.ack_now = false;
    set_deadline(s, c, &deadlines::acknowledgement, never);
    c.rcv_acked = c.rcv_nxt;
}

namespace {

// RFC 2018 3, RFC 2883 4: what has come beyond holes, the latest first; before all what came twice.
void add_sacks(engine_state& s, connection& c, wire::tcp_options& options) {
    reorder_block* const holes = holes_of(s, c);
    if (!c.sack || holes == nullptr) return;
    constexpr std::size_t beside_timestamps = 3;
    holes->report(options.sacks, c.timestamps ? beside_timestamps : wire::sack_blocks::capacity);
    drop_empty_holes(s, c);
}

void acknowledge(engine_state& s, connection& c, seq number, instant now) {
    wire::tcp_header header = header_of(c, number, now);
    add_sacks(s, c, header.options);
    emit(s, c.tuple, header);
    ack_sent(s, c);
}

}  // namespace

void send_ack(engine_state& s, connection& c, instant now) {
    acknowledge(s, c, c.seq_without_text(), now);
}

void send_keepalive(engine_state& s, connection& c, instant now) {
    s.count(counter::keepalives);
    acknowledge(s, c, c.snd_una - 1, now);
}

void send_challenge(engine_state& s, connection& c, instant now) {
    instant const again = deadlines_of(s, c).challenge;
    if (again != never && now < again) return s.count(counter::challenge_acks_limited);
    set_deadline(s, c, &deadlines::challenge, now + limits::challenge_interval);
    s.count(counter::challenge_acks);
    send_ack(s, c, now);
}

namespace {

// RFC 9293 3.8.6.3 (SHLD-18, SHLD-19): every second full segment, at once while the connection is
// young.
bool data_ack_due(connection& c) {
    if (c.segments_owed == 0) return false;
    if (!c.delays_acks) return true;
    if (c.quick_acks == 0) return c.segments_owed >= 2;
    c.quick_acks -= static_cast<std::uint8_t>(std::min<unsigned>(c.quick_acks, c.segments_owed));
    return true;
}

}  // namespace

void send_acks(engine_state& s, connection& c, instant now) {
    // RFC 5681 4.2: one for each segment beyond a hole; the sender counts them.
    for (; c.dup_acks_owed > 0; --c.dup_acks_owed)
        send_ack(s, c, now);
    if (c.ack_now || data_ack_due(c) || window_update_due(c)) return send_ack(s, c, now);
    if (c.segments_owed > 0 && deadlines_of(s, c).acknowledgement == never)
        set_deadline(s, c, &deadlines::acknowledgement, now + limits::delayed_ack);
}

}  // namespace stack::tcp
