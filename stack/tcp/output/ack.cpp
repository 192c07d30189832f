// When received data is acknowledged.
#include "stack/tcp/data/window.hpp"
#include "stack/tcp/limits.hpp"
#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/output/output.hpp"

#include <algorithm>

namespace stack::tcp {

void ack_sent(connection& c) {
    c.segments_owed = 0;
    c.ack_now = false;
    c.ack_deadline = never;
}

void send_ack(engine_state& s, connection& c) {
    wire::tcp_header header;
    header.sequence = c.seq_without_text().value();
    header.acknowledgment = c.rcv_nxt.value();
    header.flags = wire::tcp_flag::ack;
    header.window = offer_window(c, s.settings.receive_buffer);
    emit(s, c.tuple, header);
    ack_sent(c);
}

void send_challenge(engine_state& s, connection& c, instant now) {
    if (now < c.challenge_after) return s.count(counter::challenge_acks_limited);
    c.challenge_after = now + limits::challenge_interval;
    s.count(counter::challenge_acks);
    send_ack(s, c);
}

namespace {

// RFC 9293 3.8.6.3 (SHLD-18, SHLD-19): every second full segment, at once while the connection is
// young.
bool data_ack_due(connection& c) {
    if (c.segments_owed == 0) return false;
    if (c.quick_acks == 0) return c.segments_owed >= 2;
    c.quick_acks -= static_cast<std::uint8_t>(std::min<unsigned>(c.quick_acks, c.segments_owed));
    return true;
}

}  // namespace

void send_acks(engine_state& s, connection& c, instant now) {
    // RFC 5681 4.2: one for each segment beyond a hole; the sender counts them.
    for (; c.dup_acks_owed > 0; --c.dup_acks_owed)
        send_ack(s, c);
    if (c.ack_now || data_ack_due(c) || window_update_due(c, s.settings.receive_buffer))
        return send_ack(s, c);
    if (c.segments_owed > 0 && c.ack_deadline == never) c.ack_deadline = now + limits::delayed_ack;
}

}  // namespace stack::tcp
