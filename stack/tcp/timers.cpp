#include "stack/tcp/timers.hpp"

#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/limits.hpp"
#include "stack/tcp/option/option.hpp"
#include "stack/tcp/output/output.hpp"
#include "stack/tcp/recovery/timeout.hpp"

#include <algorithm>

namespace stack::tcp {

void arm_timer(engine_state& s, std::uint32_t index) {
    // Lazy: a later deadline finds the old wake-up in place, which looks again.
    instant const due = s.connections[index].earliest_deadline();
    if (due == never) return;
    if (!s.timers.contains(index) || due < s.timers.deadline(index)) s.timers.schedule(index, due);
}

namespace {

void run_connection(engine_state& s, std::uint32_t index, instant now) {
    s.timers.cancel(index);
    connection& c = s.connections[index];
    if (c.ack_deadline <= now) {
        c.ack_now = true;
        c.ack_deadline = never;
        want_output(s, index);
    }
    std::uint32_t const generation = s.connections.generation(index);
    // Each may be its end.
    if (c.idle_deadline <= now) on_idle_timer(s, index, now);
    if (s.connections.find(index, generation) == nullptr) return;
    if (c.rtx_deadline <= now) on_retransmission_timer(s, index, now);
    if (s.connections.find(index, generation) == nullptr) return;
    arm_timer(s, index);
}

void run_half_open(engine_state& s, std::uint32_t index, instant now) {
    half_open& h = s.half_opens[index];
    if (on_half_open_timer(s, h, now))
        return s.half_open_timers.schedule(index, now + half_open_timeout(h.attempts));
    s.count(counter::half_open_expired);
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
