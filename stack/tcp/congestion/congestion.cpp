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
    cwnd_ = syn_lost ? mss : initial_window(mss);
    auto& first = phase_.emplace<first_slow_start>();
    first.watch.start(snd_una);
    first.next = algorithm;
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
    auto* const first = std::get_if<first_slow_start>(&phase_);
    hystart* const watch = first == nullptr ? nullptr : &first->watch;
    if (watch != nullptr && g.rtt) watch->sample(*g.rtt);
    bool const careful = watch != nullptr && watch->conservative();
    bool const over = watch != nullptr && watch->on_ack(g.snd_una, g.snd_nxt);
    // Deviates: RFC 5681 3.1 counts one segment for each ACK, RFC 9406 4.2 eight. An ACK of a
    // super-segment stands for many, so all its bytes count, as in Linux.
    if (g.limited) cwnd_ += careful ? g.acked / 4 : g.acked;
    if (!over) return;
    ssthresh_ = cwnd_;
    end_first_slow_start();
}

/// If it still lasts.
void congestion::end_first_slow_start() {
    auto const* const first = std::get_if<first_slow_start>(&phase_);
    if (first == nullptr) return;
    if (first->next == congestion_algorithm::cubic)
        phase_.emplace<cubic>();
    else
        phase_.emplace<newreno>();
}

void congestion::avoid(growth const& g) {
    end_first_slow_start();
    if (auto* const curve = std::get_if<cubic>(&phase_))
        cwnd_ = curve->grow(cwnd_, g.acked, g.mss, g.srtt, g.now);
    else
        cwnd_ = std::get<newreno>(phase_).grow(cwnd_, g.acked, g.mss);
}

void congestion::on_congestion(std::uint32_t flight, std::uint16_t mss) {
    end_first_slow_start();
    flight = std::min(flight, cwnd_);
    if (auto* const curve = std::get_if<cubic>(&phase_))
        ssthresh_ = curve->on_congestion(cwnd_, flight, mss);
    else
        ssthresh_ = std::get<newreno>(phase_).on_congestion(flight, mss);
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
