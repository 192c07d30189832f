#include "stack/tcp/data/tuning.hpp"

#include "stack/tcp/limits.hpp"
#include "stack/tcp/option/option.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

// What the user has read.
seq read_up_to(connection const& c) {
    return c.rcv_nxt - c.receive.size();
}

duration round_trip(connection const& c) {
    duration const measured = c.rtt.measured() ? c.rtt.smoothed() : limits::tuning_without_rtt;
    return std::max(measured, limits::least_tuning_interval);
}

}  // namespace

void start_tuning(connection& c, instant now) {
    c.tuned_from = read_up_to(c);
    c.tuned_at = now;
}

void tune_receive_buffer(engine_state const& s, connection& c, instant now) {
    if (c.tuned_at.age(now) < round_trip(c)) return;
    std::uint64_t const taken = distance(c.tuned_from, read_up_to(c));
    start_tuning(c, now);
    connection_options const& options = options_of(s, c);
    if (options.receive_buffer != 0 || s.memory_is_short()) return;
    // As much again for the next round trip of a sender in slow start, and some for its bursts.
    std::uint64_t const wanted = 2 * taken + std::uint64_t{limits::tuning_slack} * c.mss;
    std::uint64_t const most = largest_receive_buffer(s, options);
    if (wanted > c.rcv_buffer) c.rcv_buffer = static_cast<std::uint32_t>(std::min(wanted, most));
}

}  // namespace stack::tcp
