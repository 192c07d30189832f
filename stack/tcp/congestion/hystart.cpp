#include "stack/tcp/congestion/hystart.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

// RFC 9406 4.3
constexpr std::uint32_t min_rtt_threshold = 4'000;
constexpr std::uint32_t max_rtt_threshold = 16'000;
constexpr std::uint32_t rtt_divisor = 8;
constexpr std::uint8_t enough_samples = 8;
constexpr std::uint8_t most_css_rounds = 5;

}  // namespace

void hystart::sample(duration rtt) {
    auto const r = static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(rtt).count());
    current_round_ = std::min(current_round_, r);
    if (samples_ < enough_samples) ++samples_;
}

void hystart::begin_round(seq snd_nxt) {
    last_round_ = current_round_;
    current_round_ = unknown;
    samples_ = 0;
    window_end_ = snd_nxt;
}

bool hystart::on_ack(seq snd_una, seq snd_nxt) {
    bool const measured =
        samples_ >= enough_samples && current_round_ != unknown && last_round_ != unknown;
    if (css_rounds_ == 0 && measured) {
        std::uint32_t const threshold =
            std::clamp(last_round_ / rtt_divisor, min_rtt_threshold, max_rtt_threshold);
        if (current_round_ >= last_round_ + threshold) {
            css_baseline_ = current_round_;
            css_rounds_ = 1;
        }
    } else if (css_rounds_ != 0 && measured && current_round_ < css_baseline_) {
        // It was a flicker: slow start goes on.
        css_baseline_ = unknown;
        css_rounds_ = 0;
    }
    if (before(snd_una, window_end_)) return false;
    begin_round(snd_nxt);
    return css_rounds_ != 0 && ++css_rounds_ > most_css_rounds;
}

}  // namespace stack::tcp
