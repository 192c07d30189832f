#include "daemon/application/socket_options.hpp"

#include <chrono>

namespace tcpplexd {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

template <typename Value, typename Named>
void take(Value& current, std::optional<Named> const& named) {
    if (named) current = static_cast<Value>(*named);
}

template <typename Unit>
void take_time(stack::duration& current, std::optional<std::uint32_t> const& named) {
    if (named) current = Unit(*named);
}

template <typename Unit>
std::uint32_t count_of(stack::duration time) {
    return static_cast<std::uint32_t>(std::chrono::duration_cast<Unit>(time).count());
}

std::uint64_t microseconds(stack::duration time) {
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(time).count());
}

constexpr std::string_view cubic = "cubic";
constexpr std::string_view reno = "reno";

}  // namespace

std::string unknown_name(app::socket_options const& wanted) {
    if (wanted.congestion.empty() || wanted.congestion == cubic || wanted.congestion == reno)
        return {};
    return "there is no congestion control \"" + wanted.congestion + "\": write cubic or reno";
}

stack::tcp::connection_options changed(stack::tcp::connection_options before,
                                       app::socket_options const& wanted) {
    take(before.no_delay, wanted.nodelay);
    take(before.cork, wanted.cork);
    take(before.quick_ack, wanted.quickack);
    take(before.keepalive, wanted.keepalive);
    take(before.keepalive_probes, wanted.keepcnt);
    take(before.max_segment, wanted.maxseg);
    take(before.send_buffer, wanted.sndbuf);
    take(before.receive_buffer, wanted.rcvbuf);
    take_time<seconds>(before.keepalive_idle, wanted.keepidle);
    take_time<seconds>(before.keepalive_interval, wanted.keepintvl);
    take_time<milliseconds>(before.user_timeout, wanted.user_timeout);
    if (wanted.linger && *wanted.linger && !before.linger) before.linger = stack::duration::zero();
    if (wanted.linger && !*wanted.linger) before.linger.reset();
    if (before.linger) take_time<seconds>(*before.linger, wanted.linger_time);
    if (wanted.congestion == cubic) before.congestion = stack::tcp::congestion_algorithm::cubic;
    if (wanted.congestion == reno) before.congestion = stack::tcp::congestion_algorithm::newreno;
    return before;
}

app::options describe(stack::tcp::connection_options const& from) {
    app::socket_options now;
    now.nodelay = from.no_delay;
    now.cork = from.cork;
    now.quickack = from.quick_ack;
    now.keepalive = from.keepalive;
    now.linger = from.linger.has_value();
    now.linger_time = count_of<seconds>(from.linger.value_or(stack::duration::zero()));
    now.keepidle = count_of<seconds>(from.keepalive_idle);
    now.keepintvl = count_of<seconds>(from.keepalive_interval);
    now.keepcnt = from.keepalive_probes;
    now.maxseg = from.max_segment;
    now.user_timeout = count_of<milliseconds>(from.user_timeout);
    now.sndbuf = from.send_buffer;
    now.rcvbuf = from.receive_buffer;
    now.congestion = from.congestion == stack::tcp::congestion_algorithm::cubic ? cubic : reno;
    return {now};
}

app::info describe(stack::tcp::connection_report const& from) {
    app::info to;
    to.state = stack::tcp::to_string(from.state);
    to.snd_wscale = from.snd_wscale;
    to.rcv_wscale = from.rcv_wscale;
    to.retransmits = from.retransmits;
    to.probes = from.probes;
    to.mss = from.mss;
    to.rto = microseconds(from.rto);
    to.rtt = microseconds(from.smoothed_rtt);
    to.since_sent = microseconds(from.since_sent);
    to.unread = from.unread;
    to.unsent = from.unsent;
    to.unacked = from.unacked;
    to.cwnd = from.cwnd;
    to.ssthresh = from.ssthresh;
    to.snd_wnd = from.snd_wnd;
    to.rcv_wnd = from.rcv_wnd;
    to.sndbuf = from.send_buffer;
    to.rcvbuf = from.receive_buffer;
    return to;
}

}  // namespace tcpplexd
