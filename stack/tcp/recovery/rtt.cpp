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
    : rto_(microseconds(first)), longest_(static_cast<std::uint16_t>(longest.count())) {}

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
    rto_ = std::clamp(srtt_ + 4 * std::min(rttvar_, 900'000'000U), microseconds(limits::min_rto),
                      microseconds(longest()));
    // RFC 6298 5: a measurement ends the doubling.
    backoff_ = 0;
}

void rtt_estimator::back_off() {
    if (timeout() < longest()) ++backoff_;
}

void rtt_estimator::lost_syn() {
    if (measured()) return;
    rto_ = microseconds(limits::rto_after_lost_syn);
    backoff_ = 0;
}

duration rtt_estimator::timeout() const {
    duration const doubled = std::chrono::microseconds(std::int64_t{rto_} << backoff_);
    return std::min(doubled, longest());
}

}  // namespace stack::tcp
