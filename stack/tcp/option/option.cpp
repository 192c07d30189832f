#include "stack/tcp/option/option.hpp"

#include "stack/tcp/limits.hpp"
#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/output/output.hpp"

#include <algorithm>

namespace stack::tcp {

connection_options const& options_of(engine_state const& s, connection const& c) {
    static constexpr connection_options none;
    return c.kept == slab<kept_options>::none ? none : s.kept[c.kept].wanted;
}

namespace {

void keep(engine_state& s, connection& c, connection_options const& wanted, instant now) {
    if (c.kept == slab<kept_options>::none) {
        c.kept = s.kept.emplace();
        s.kept[c.kept].quiet_since = s.kept[c.kept].unanswered_since = now;
    }
    kept_options& k = s.kept[c.kept];
    // What is asked for now is measured from now.
    if (wanted.keepalive && !k.wanted.keepalive) k.quiet_since = now;
    if (wanted.user_timeout != k.wanted.user_timeout) k.unanswered_since = now;
    if (!wanted.cork) k.corked_until = never;
    k.wanted = wanted;
}

}  // namespace

void set_options(engine_state& s, std::uint32_t index, connection_options const& wanted,
                 instant now) {
    connection& c = s.connections[index];
    if (wanted == connection_options{})
        forget_options(s, c);
    else
        keep(s, c, wanted, now);
    c.nagle = s.settings.nagle && !wanted.no_delay;
    c.corked = wanted.cork;
    c.delays_acks = s.settings.delay_acks && !wanted.quick_ack;
    if (wanted.receive_buffer != 0) c.rcv_buffer = first_receive_buffer(s, wanted);
    watch_idle(s, c);
    // What waited for more may go now.
    if (!c.detached()) want_output(s, index);
}

void forget_options(engine_state& s, connection& c) {
    if (c.kept != slab<kept_options>::none) s.kept.erase(c.kept);
    c.kept = slab<kept_options>::none;
}

std::uint16_t largest_segment(engine_state const& s, four_tuple const& tuple,
                              connection_options const& options) {
    std::uint16_t const path = path_mss(s, tuple);
    if (options.max_segment == 0) return path;
    return std::min(path, std::max(options.max_segment, limits::min_mss));
}

std::uint16_t announced_segment(engine_state const& s, four_tuple const& tuple,
                                connection_options const& options) {
    int const arrives = path_mss(s, tuple) - s.sink.tunnel_overhead(tuple.local.host);
    int const longest = std::min<int>(largest_segment(s, tuple, options), arrives);
    return static_cast<std::uint16_t>(std::max<int>(limits::min_mss, longest));
}

namespace {

// What a user asks for, within reason.
std::uint32_t bounded(std::uint32_t wanted, std::uint32_t most) {
    return std::min(std::max(wanted, limits::min_buffer), most);
}

std::uint32_t most_received(tcp_settings const& settings) {
    return std::max(settings.receive_buffer, settings.max_receive_buffer);
}

}  // namespace

std::uint32_t first_receive_buffer(engine_state const& s, connection_options const& options) {
    if (options.receive_buffer == 0) return s.settings.receive_buffer;
    return bounded(options.receive_buffer, most_received(s.settings));
}

std::uint32_t largest_receive_buffer(engine_state const& s, connection_options const& options) {
    if (options.receive_buffer != 0) return first_receive_buffer(s, options);
    return most_received(s.settings);
}

std::uint32_t send_limit(engine_state const& s, connection const& c) {
    std::uint32_t const least = s.settings.send_buffer;
    std::uint32_t const most = std::max(least, s.settings.max_send_buffer);
    std::uint32_t const asked = options_of(s, c).send_buffer;
    if (asked != 0) return bounded(asked, most);
    if (s.memory_is_short()) return least;
    // More would be memory that waits: the user is told in time to write on.
    std::uint64_t const tuned = std::min(std::uint64_t{2} * c.congestion.window(),
                                         std::uint64_t{c.outstanding()} + limits::most_unsent);
    return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(tuned, least, most));
}

}  // namespace stack::tcp
