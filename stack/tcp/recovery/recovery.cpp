#include "stack/tcp/recovery/recovery.hpp"

#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/path/discovery.hpp"
#include "stack/tcp/recovery/rack.hpp"
#include "stack/tcp/timers.hpp"

#include <algorithm>

namespace stack::tcp {

flight* flight_of(engine_state& s, connection& c) {
    return c.flight == slab<flight>::none ? nullptr : &s.flights[c.flight];
}

flight const* flight_of(engine_state const& s, connection const& c) {
    return c.flight == slab<flight>::none ? nullptr : &s.flights[c.flight];
}

void end_flight(engine_state& s, connection& c) {
    if (c.flight == slab<flight>::none) return;
    s.flights[c.flight].board.clear(s.sent);
    s.flights.erase(c.flight);
    c.flight = slab<flight>::none;
}

std::uint32_t pipe(engine_state const& s, connection const& c) {
    flight const* const f = flight_of(s, c);
    if (f == nullptr) return 0;
    std::uint32_t const there =
        distance(c.snd_una, c.snd_nxt) - f->board.sacked() - f->board.lost();
    return there - std::min(there, std::uint32_t{f->dup_acks} * c.mss);
}

namespace {

flight& flight_from(engine_state& s, connection& c, seq begin) {
    if (flight* const known = flight_of(s, c)) return *known;
    c.flight = s.flights.emplace();
    flight& f = s.flights[c.flight];
    // Nothing before is awaited; but a probe that ended there may still be answered (RFC 8985 7.4).
    f.rtt_seq = f.probe_end = f.dsack_round = f.snd_sml = begin;
    return f;
}

}  // namespace

void note_sent(engine_state& s, connection& c, seq begin, seq end, instant now) {
    flight& f = flight_from(s, c, begin);
    f.board.sent(s.sent, begin, end, now, c.mss);
    if (f.now_in == episode::recovery) f.reduction.on_sent(distance(begin, end));
}

void note_path_probe(engine_state& s, connection& c, seq begin, seq end, instant now) {
    flight& f = flight_from(s, c, begin);
    f.path_probe = packet_of(c, static_cast<std::uint16_t>(distance(begin, end)));
    f.board.sent_path_probe(s.sent, begin, end, now);
}

namespace {

void enter(connection& c, flight& f, episode what) {
    f.now_in = what;
    c.recover = c.snd_max;
    f.spurious = frto::off;
}

/// RFC 9438 4.6, RFC 5681 3.1: FlightSize. One recovery that follows another finds more than a
/// window here, most of which has arrived; congestion counts a window at most.
std::uint32_t flight_size(connection const& c) {
    return distance(c.snd_una, c.snd_nxt);
}

/// Whether what is lost begins a recovery.
bool must_enter_recovery(engine_state& s, connection const& c, flight& f, instant now) {
    if (f.board.lost() == 0 || f.now_in == episode::recovery || f.now_in == episode::timeout)
        return false;
    return !only_path_probe_lost(s, c, f, now);
}

void enter_recovery(connection& c, flight& f) {
    c.congestion.on_congestion(flight_size(c), c.mss);
    enter(c, f, episode::recovery);
    f.reduction.start(flight_size(c) - f.board.sacked());
}

void leave_episode(connection& c, flight& f) {
    // RFC 6937 3: recovery ends with a window of ssthresh.
    if (f.now_in == episode::recovery) c.congestion.set_window(c.congestion.slow_start_threshold());
    if (f.now_in != episode::reduced) rack_recovered(c);
    f.now_in = episode::none;
    f.spurious = frto::off;
    f.dup_acks = 0;
}

/// Without SACK each duplicate says that a segment has arrived, without saying which. Returns the
/// bytes that the acknowledgement delivered (RFC 6937 3, DeliveredData).
std::uint32_t count_duplicates(connection const& c, flight& f, acknowledgement const& what) {
    if (what.acked == 0) {
        if (!what.duplicate || f.dup_acks == 0xffff) return 0;
        ++f.dup_acks;
        return c.mss;
    }
    // What was counted as arrived is now acknowledged, but for the segment that was missing.
    std::uint32_t const segments = (what.acked + c.mss - 1U) / c.mss;
    std::uint32_t const known = std::min<std::uint32_t>(f.dup_acks, segments - 1);
    f.dup_acks = f.now_in == episode::none ? std::uint16_t{0}
                                           : static_cast<std::uint16_t>(f.dup_acks - known);
    return what.acked - std::min(what.acked, known * c.mss);
}

/// RFC 6582 3.2: three duplicates (FRRTHRESHOLD), or a partial acknowledgement, mean that the first
/// segment is lost.
void detect_without_sack(engine_state& s, connection const& c, flight& f,
                         acknowledgement const& what) {
    bool const partial = f.now_in == episode::recovery && what.acked != 0;
    // Step 1: not for the echoes of a recovery that is over.
    bool const third = f.now_in != episode::recovery && f.now_in != episode::timeout &&
                       f.dup_acks >= s.settings.duplicate_threshold && after(c.snd_una, c.recover);
    if (partial || third) f.board.lose_front(s.sent, c.mss);
}

void undo(connection& c, flight& f, sent_ranges& all) {
    f.board.forget_losses(all);
    c.congestion = f.before;
    c.rtt.forget_back_off();
    leave_episode(c, f);
}

/// RFC 5682 3.1, in the words of which the steps are. True: the timeout was spurious, and undone.
bool look_for_spurious_timeout(engine_state& s, connection& c, flight& f,
                               acknowledgement const& what) {
    if (f.spurious == frto::off) return false;
    // 3b: something has arrived that was sent before the timeout, and only then. Without SACK it
    // may have been here all the time, if the same acknowledgement takes what was sent again.
    bool const tells = c.sack || !what.arrived.again;
    if (tells && what.arrived.original && before(*what.arrived.original, c.recover)) {
        undo(c, f, s.sent);
        s.count(counter::timeouts_spurious);
        return true;
    }
    bool const advanced = what.acked != 0;
    // 2b: new data, if there is any, instead of the next segment again.
    f.spurious = f.spurious == frto::probing && advanced ? frto::waiting : frto::off;
    return false;
}

void grow(connection& c, acknowledgement const& what, std::uint32_t flight_before) {
    growth g;
    g.acked = what.acked;
    g.mss = c.mss;
    // In slow start a window half used may double.
    g.limited =
        c.congestion.in_slow_start() ? flight_before >= c.congestion.window() / 2 : c.cwnd_limited;
    g.snd_una = c.snd_una;
    g.snd_nxt = c.snd_nxt;
    g.rtt = what.arrived.rtt;
    g.srtt = c.rtt.smoothed();
    g.now = what.arrived.now;
    c.congestion.on_ack(g);
}

/// RFC 3168 6.1.2: once a window, as if a packet had been lost, but nothing is.
void take_echo(engine_state& s, connection& c, flight& f) {
    // Nor before the peer can have heard of the last time.
    if (f.now_in != episode::none || c.cwr_owed) return;
    s.count(counter::congestion_marks);
    c.congestion.on_congestion(flight_size(c), c.mss);
    c.congestion.set_window(c.congestion.slow_start_threshold());
    enter(c, f, episode::reduced);
    c.cwr_owed = true;
}

/// RFC 8985 7.4.2: what has become of the tail loss probe.
void take_probe_answer(engine_state& s, connection& c, acknowledgement const& what) {
    flight const* const f = flight_of(s, c);
    // Without a flight it ended where the last one did.
    seq const end = f == nullptr ? c.snd_una - what.acked : f->probe_end;
    if (!c.probe_out || before(c.snd_una, end)) return;
    // A new segment has arrived, or two copies of an old one: nothing was lost.
    bool const both = what.acked == 0 && what.duplicate && what.arrived.sacked == 0;
    if (!c.probe_again || what.duplicate_sack || both) {
        c.probe_out = false;
        return;
    }
    // An acknowledgement of the original may still be followed by that of the probe.
    if (!after(c.snd_una, end)) return;
    c.probe_out = false;
    if (f != nullptr && f->now_in != episode::none) return;
    // The probe has repaired a loss that nobody else has seen.
    s.count(counter::probes_repaired);
    c.congestion.on_congestion(c.congestion.window(), c.mss);
    c.congestion.set_window(c.congestion.slow_start_threshold());
}

void wait_for_reordering(engine_state& s, connection& c, duration wait, instant now) {
    if (wait <= duration{}) return;
    c.rtx_for = rtx_kind::reorder;
    set_deadline(s, c, &deadlines::retransmission, now + wait);
}

}  // namespace

void recover(engine_state& s, connection& c, acknowledgement const& what) {
    take_probe_answer(s, c, what);
    flight* const had = flight_of(s, c);
    if (had == nullptr) return;
    flight& f = *had;
    if (what.arrived.path_probe && f.path_probe != 0) widen_path(s, c, f, what.arrived.now);
    std::uint32_t const flight_before = distance(c.snd_una, c.snd_nxt) + what.acked;
    std::uint32_t const delivered = c.sack ? what.arrived.bytes : count_duplicates(c, f, what);
    rack_update(c, f, what.arrived, what.duplicate_sack);

    if (f.now_in != episode::none && !before(c.snd_una, c.recover)) leave_episode(c, f);
    // It comes along: numbers more than 2^31 apart cannot be compared.
    if (f.now_in == episode::none && what.acked != 0)
        c.recover = later(c.recover, c.snd_una - what.acked);
    if (what.congestion_echo) take_echo(s, c, f);
    if (look_for_spurious_timeout(s, c, f, what)) {
        arm_loss_timer(s, c, what.arrived.now);
        return;
    }

    duration wait{};
    if (c.sack)
        wait = rack_detect_losses(s, c, f, what.arrived.now);
    else
        detect_without_sack(s, c, f, what);
    bool const entering = must_enter_recovery(s, c, f, what.arrived.now);
    if (entering) enter_recovery(c, f);

    // What delivers nothing lets nothing go (RFC 6937 3.1), but for the first segment again.
    if (f.now_in == episode::recovery && (delivered != 0 || entering))
        c.congestion.set_window(
            f.reduction.on_ack(delivered, pipe(s, c), c.congestion.slow_start_threshold(), c.mss));
    else if (f.now_in != episode::recovery && f.now_in != episode::reduced && what.acked != 0)
        grow(c, what, flight_before);

    if (f.board.empty()) {
        end_flight(s, c);
        set_deadline(s, c, &deadlines::retransmission, never);
        return;
    }
    if (what.acked != 0 || what.arrived.sacked != 0) arm_loss_timer(s, c, what.arrived.now);
    wait_for_reordering(s, c, wait, what.arrived.now);
}

void on_reorder_timer(engine_state& s, connection& c, instant now) {
    flight* const f = flight_of(s, c);
    if (f == nullptr) return;
    duration const wait = rack_detect_losses(s, c, *f, now);
    if (must_enter_recovery(s, c, *f, now)) {
        enter_recovery(c, *f);
        c.congestion.set_window(
            f->reduction.on_ack(0, pipe(s, c), c.congestion.slow_start_threshold(), c.mss));
    }
    arm_loss_timer(s, c, now);
    wait_for_reordering(s, c, wait, now);
}

void recover_from_timeout(engine_state& s, connection& c, instant now) {
    flight* const f = flight_of(s, c);
    if (f == nullptr) return;
    bool const again = f->now_in == episode::timeout;
    std::uint32_t const out = flight_size(c);
    if (!again) f->before = c.congestion;
    f->dup_acks = 0;
    f->path_probe = 0;  // RFC 4821 7.6.4: whatever became of it says nothing
    c.probe_out = false;
    if (c.sack)
        rack_mark_losses_on_timeout(s, c, *f, now);
    else
        f->board.lose_all(s.sent);
    c.congestion.on_timeout(out, pipe(s, c), c.mss, again);
    enter(c, *f, episode::timeout);
    // RFC 5682 3.1 step 1: not while an earlier timeout is still being repaired.
    if (!again) f->spurious = frto::probing;
}

}  // namespace stack::tcp
