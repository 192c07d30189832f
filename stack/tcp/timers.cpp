#include "stack/tcp/timers.hpp"

#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/limits.hpp"
#include "stack/tcp/option/option.hpp"
#include "stack/tcp/output/output.hpp"
#include "stack/tcp/recovery/timeout.hpp"

#include <algorithm>

namespace stack::tcp {

void forget_deadlines(engine_state& s, connection& c) {
    if (c.deadlines != slab<deadlines>::none) s.deadlines.erase(c.deadlines);
    c.deadlines = slab<deadlines>::none;
}

void arm_timer(engine_state& s, std::uint32_t index) {
    connection& c = s.connections[index];
    instant const due = deadlines_of(s, c).earliest();
    if (due == never) return forget_deadlines(s, c);
    // Lazy: a later deadline finds the old wake-up in place, which looks again.
    if (!s.timers.contains(index) || due < s.timers.deadline(index)) s.timers.schedule(index, due);
}

namespace {

void run_connection(engine_state& s, std::uint32_t index, instant now) {
    s.timers.cancel(index);
    connection& c = s.connections[index];
    if (deadlines_of(s, c).acknowledgement <= now) {
        c.ack_now = true;
        set_deadline(s, c, &deadlines::acknowledgement, never);
        want_output(s, index);
    }
    if (deadlines_of(s, c).challenge <= now) set_deadline(s, c, &deadlines::challenge, never);
    std::uint32_t const generation = s.connections.generation(index);
    // Each may be its end.
    if (deadlines_of(s, c).idle <= now) on_idle_timer(s, index, now);
    if (s.connections.find(index, generation) == nullptr) return;
    if (deadlines_of(s, c).retransmission <= now) on_retransmission_timer(s, index, now);
    if (s.connections.find(index, generation) == nullptr) return;
    arm_timer(s, index);
}

void run_half_open(engine_state& s, std::uint32_t index, instant now) {
    half_open& h = s.half_opens[index];
    if (on_half_open_timer(s, h, now))
        return s.half_open_timers.schedule(index, now + half_open_timeout(h.attempts));
    s.count(counter::half_open_expired);
    ++s.listeners[h.listener].served.failed;
    end_half_open(s, index);
}

}  // namespace

void run_timers(engine_state& s, instant now) {
    constexpr std::size_t most = limits::expirations_per_advance;
    for (std::size_t n = 0; n < most && !s.timers.empty() && s.timers.next() <= now; ++n)
        run_connection(s, s.timers.next_index(), now);
    for (std::size_t n = 0;
         n < most && !s.half_open_timers.empty() && s.half_open_timers.next() <= now; ++n)
        run_half_open(s, s.half_open_timers.next_index(), now);
    for (std::size_t n = 0; n < most && !s.resting.empty(); ++n) {
        if (s.time_waits[s.resting.front()].since + s.settings.time_wait > now) break;
        end_time_wait(s, s.resting.front());
    }
}

std::optional<instant> next_timer(engine_state const& s) {
    instant next = never;
    if (!s.timers.empty()) next = std::min(next, s.timers.next());
    if (!s.half_open_timers.empty()) next = std::min(next, s.half_open_timers.next());
    if (!s.resting.empty())
        next = std::min(next, s.time_waits[s.resting.front()].since + s.settings.time_wait);
    if (next == never) return std::nullopt;
    return next;
}

}  // namespace stack::tcp
