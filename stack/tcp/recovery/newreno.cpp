#include "stack/tcp/recovery/newreno.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {
constexpr std::uint8_t duplicate_threshold = 3;
constexpr std::uint32_t max_window = 1U << 30;
}  // namespace

// RFC 6928 2
std::uint32_t newreno::initial_window() const {
    return std::min<std::uint32_t>(10U * mss_, std::max<std::uint32_t>(2U * mss_, 14600));
}

void newreno::start(std::uint16_t mss, seq iss, bool syn_lost) {
    mss_ = mss;
    cwnd_ = syn_lost ? mss : initial_window();
    recover_ = iss;
}

// RFC 5681 3.1 (4)
std::uint32_t newreno::half_of(std::uint32_t flight) const {
    return std::max<std::uint32_t>(flight / 2, 2U * mss_);
}

void newreno::grow(std::uint32_t acked, std::uint32_t flight) {
    // A window that was not used says nothing about the path.
    if (flight < cwnd_ / 2) return;
    if (cwnd_ < ssthresh_) {
        // Deviates: RFC 5681 3.1 counts one segment per ACK. An ACK of a super-segment stands for
        // many, so all its bytes count, as in Linux.
        cwnd_ = std::min(cwnd_ + acked, max_window);
        return;
    }
    acked_ += acked;
    if (acked_ < cwnd_) return;
    acked_ -= cwnd_;
    cwnd_ = std::min(cwnd_ + mss_, max_window);
}

newreno::advice newreno::on_ack(seq snd_una, std::uint32_t acked, std::uint32_t flight,
                                std::uint32_t left) {
    dup_acks_ = 0;
    if (!recovering_) {
        grow(acked, flight);
        return advice::go_on;
    }
    if (before(snd_una, recover_)) {
        // RFC 6582 3.2 step 3, partial acknowledgement: the next hole begins here.
        cwnd_ -= std::min(cwnd_, acked);
        if (acked >= mss_) cwnd_ += mss_;
        cwnd_ = std::max<std::uint32_t>(cwnd_, mss_);
        return advice::retransmit_first;
    }
    // RFC 6582 3.2 step 3 (1), full acknowledgement
    cwnd_ = std::min(ssthresh_, std::max<std::uint32_t>(left, mss_) + mss_);
    recovering_ = false;
    return advice::go_on;
}

newreno::advice newreno::on_duplicate(seq snd_una, seq snd_max) {
    if (recovering_) {
        cwnd_ = std::min(cwnd_ + mss_, max_window);
        return advice::go_on;
    }
    if (dup_acks_ < duplicate_threshold) ++dup_acks_;
    // RFC 6582 3.2 step 1: not for the echoes of a recovery that is over.
    if (dup_acks_ < duplicate_threshold || !after(snd_una, recover_)) return advice::go_on;
    ssthresh_ = half_of(distance(snd_una, snd_max));
    cwnd_ = ssthresh_ + duplicate_threshold * std::uint32_t{mss_};
    recover_ = snd_max;
    recovering_ = true;
    dup_acks_ = 0;
    return advice::retransmit_first;
}

void newreno::on_timeout(seq snd_una, seq snd_max, bool again) {
    // RFC 5681 3.1: ssthresh is not halved again for the same data.
    if (!again) ssthresh_ = half_of(distance(snd_una, snd_max));
    cwnd_ = mss_;
    acked_ = 0;
    recover_ = snd_max;
    recovering_ = false;
    dup_acks_ = 0;
}

void newreno::on_idle() {
    cwnd_ = std::min(cwnd_, initial_window());
}

std::uint32_t newreno::window() const {
    // RFC 3042: each of the first two duplicates lets a new segment go.
    if (recovering_) return cwnd_;
    return cwnd_ + std::min<std::uint32_t>(dup_acks_, 2) * mss_;
}

}  // namespace stack::tcp
