#include "stack/tcp/recovery/rtt.hpp"

#include "stack/tcp/limits.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

std::uint32_t microseconds(duration value) {
    auto const count = std::chrono::duration_cast<std::chrono::microseconds>(value).count();
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(count, 1, 3'600'000'000));
}

}  // namespace

rtt_estimator::rtt_estimator(duration first, std::chrono::seconds longest)
    : longest_(static_cast<std::uint16_t>(longest.count())) {
    wait_first(first);
}

void rtt_estimator::wait_first(duration wait) {
    rttvar_ = microseconds(wait) / 4;
    backoff_ = 0;
}

void rtt_estimator::sample(duration round_trip) {
    std::uint32_t const r = microseconds(round_trip);
    if (!measured()) {
        // RFC 6298 2.2
        srtt_ = r;
        rttvar_ = r / 2;
    } else {
        // RFC 6298 2.3: alpha = 1/8, beta = 1/4, rttvar first
        std::uint32_t const error = srtt_ > r ? srtt_ - r : r - srtt_;
        rttvar_ = rttvar_ - rttvar_ / 4 + error / 4;
        srtt_ = std::max(srtt_ - srtt_ / 8 + r / 8, 1U);
    }
    // RFC 6298 5: a measurement ends the doubling.
    backoff_ = 0;
}

void rtt_estimator::back_off() {
    if (timeout() < longest()) ++backoff_;
}

void rtt_estimator::lost_syn() {
    if (!measured()) wait_first(limits::rto_after_lost_syn);
}

// RFC 6298 2.3, and so far 2.1: no measurement, no lower bound.
duration rtt_estimator::rto() const {
    duration const wait = std::chrono::microseconds(srtt_ + std::int64_t{4} * rttvar_);
    return measured() ? std::max(wait, limits::min_rto) : wait;
}

duration rtt_estimator::timeout() const {
    duration const doubled = rto() * (std::int64_t{1} << backoff_);
    return std::min(doubled, longest());
}

}  // namespace stack::tcp
