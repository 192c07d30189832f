#include "stack/tcp/congestion/congestion.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

constexpr std::uint32_t max_window = 1U << 30;

// RFC 6928 2
std::uint32_t initial_window(std::uint16_t mss) {
    return std::min<std::uint32_t>(10U * mss, std::max<std::uint32_t>(2U * mss, 14600));
}

}  // namespace

void congestion::start(congestion_algorithm algorithm, std::uint16_t mss, seq snd_una,
                       bool syn_lost) {
    algorithm_ = algorithm;
    cwnd_ = syn_lost ? mss : initial_window(mss);
    phase_.emplace<hystart>().start(snd_una);
}

void congestion::on_ack(growth const& g) {
    if (in_slow_start())
        slow_start(g);
    else if (g.limited)
        avoid(g);
    cwnd_ = std::min(cwnd_, max_window);
}

void congestion::slow_start(growth const& g) {
    // RFC 9406 4.3: only the first slow start, whose end nobody knows yet.
    hystart* const watch = std::get_if<hystart>(&phase_);
    if (watch != nullptr && g.rtt) watch->sample(*g.rtt);
    bool const careful = watch != nullptr && watch->conservative();
    bool const over = watch != nullptr && watch->on_ack(g.snd_una, g.snd_nxt);
    // Deviates: RFC 5681 3.1 counts one segment for each ACK, RFC 9406 4.2 eight. An ACK of a
    // super-segment stands for many, so all its bytes count, as in Linux.
    if (g.limited) cwnd_ += careful ? g.acked / 4 : g.acked;
    if (!over) return;
    ssthresh_ = cwnd_;
    curve();
}

/// Ends the first slow start if it still lasts.
cubic& congestion::curve() {
    if (cubic* const known = std::get_if<cubic>(&phase_)) return *known;
    return phase_.emplace<cubic>();
}

void congestion::avoid(growth const& g) {
    if (algorithm_ == congestion_algorithm::cubic) {
        cwnd_ = curve().grow(cwnd_, g.acked, g.mss, g.srtt, g.now);
        return;
    }
    acked_ += g.acked;
    if (acked_ < cwnd_) return;
    acked_ -= cwnd_;
    cwnd_ += g.mss;
}

void congestion::on_congestion(std::uint32_t flight, std::uint16_t mss) {
    acked_ = 0;
    flight = std::min(flight, cwnd_);
    std::uint32_t const threshold = curve().on_congestion(cwnd_, flight, mss);
    if (algorithm_ == congestion_algorithm::cubic)
        ssthresh_ = threshold;
    else
        ssthresh_ = std::max<std::uint32_t>(flight / 2, 2U * mss);  // RFC 5681 3.1 (4)
}

void congestion::on_timeout(std::uint32_t flight, std::uint32_t pipe, std::uint16_t mss,
                            bool again) {
    // RFC 5681 3.1: ssthresh is not reduced again for the same data.
    if (!again) on_congestion(flight, mss);
    // One segment, beyond what is not believed lost (RFC 8985 6.3).
    cwnd_ = pipe + mss;
}

void congestion::on_idle(duration pause, std::uint16_t mss) {
    cwnd_ = std::min(cwnd_, initial_window(mss));
    if (cubic* const known = std::get_if<cubic>(&phase_)) known->skip(pause);
}

}  // namespace stack::tcp
