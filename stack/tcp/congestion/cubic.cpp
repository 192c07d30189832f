#include "stack/tcp/congestion/cubic.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

std::uint32_t milliseconds(instant when) {
    return static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(when.time_since_epoch()).count());
}

std::uint32_t milliseconds(duration time) {
    return static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
}

/// The largest integer whose cube is at most `value`.
std::uint32_t cube_root(std::uint64_t value) {
    std::uint64_t root = 0;
    // 2^21 is the first root whose cube exceeds 64 bits' half; ours are at most some 10^6.
    for (std::uint64_t bit = std::uint64_t{1} << 20; bit != 0; bit >>= 1)
        if (std::uint64_t const next = root | bit; next * next * next <= value) root = next;
    return static_cast<std::uint32_t>(root);
}

// RFC 9438 4.1, 4.6: C = 0.4 segments / s^3, beta = 0.7
constexpr std::uint32_t c_tenths = 4;
constexpr std::uint64_t cubic_milliseconds = 1'000'000'000;
/// Beyond this the curve is far above any window.
constexpr std::int64_t far = 100'000;

}  // namespace

std::uint32_t cubic::on_congestion(std::uint32_t cwnd, std::uint32_t flight, std::uint16_t mss) {
    // RFC 9438 4.7, fast convergence: a window that has shrunk makes room for new flows.
    w_max_ = cwnd < w_max_ ? static_cast<std::uint32_t>(std::uint64_t{cwnd} * 17 / 20) : cwnd;
    cwnd_prior_ = cwnd;
    k_ = none;
    auto const reduced = static_cast<std::uint32_t>(std::uint64_t{flight} * 7 / 10);
    return std::max<std::uint32_t>(reduced, 2U * mss);
}

void cubic::begin_epoch(std::uint32_t cwnd, std::uint16_t mss, std::uint32_t now) {
    epoch_ = now;
    w_est_ = cwnd;
    rest_ = 0;
    if (w_max_ < cwnd) w_max_ = cwnd;
    // RFC 9438 4.2: K = cbrt((W_max - cwnd_epoch) / C)
    k_ = cube_root(std::uint64_t{w_max_ - cwnd} * 10 / c_tenths * cubic_milliseconds / mss);
}

/// W_cubic, `t` milliseconds after the epoch began (RFC 9438 figure 1).
std::uint32_t cubic::curve(std::uint32_t t, std::uint16_t mss) const {
    std::int64_t const x = std::clamp(std::int64_t{t} - std::int64_t{k_}, -far, far);
    std::int64_t const grown = x * x * x / 1000 * (c_tenths * mss) / 10 / 1'000'000;
    return static_cast<std::uint32_t>(
        std::clamp<std::int64_t>(std::int64_t{w_max_} + grown, 0, std::int64_t{1} << 30));
}

std::uint32_t cubic::grow(std::uint32_t cwnd, std::uint32_t acked, std::uint16_t mss, duration srtt,
                          instant now) {
    std::uint32_t const ms = milliseconds(now);
    if (k_ == none) begin_epoch(cwnd, mss, ms);
    std::uint32_t const t = ms - epoch_;

    // RFC 9438 4.3: what NewReno would have, which CUBIC is never slower than. Its share of a
    // segment a window is 3 (1 - beta) / (1 + beta) = 9/17 until it has what there was before.
    std::uint64_t const share = w_est_ < cwnd_prior_ ? 9 : 17;
    w_est_ += static_cast<std::uint32_t>(std::uint64_t{acked} * mss * share / 17 / cwnd);
    if (curve(t, mss) < w_est_) return std::max(cwnd, w_est_);

    // RFC 9438 4.4, 4.5: on the way to where the curve is one round trip from now.
    std::uint32_t const target =
        std::clamp(curve(t + milliseconds(srtt), mss), cwnd, cwnd + cwnd / 2);
    std::uint64_t const step = std::uint64_t{target - cwnd} * acked + rest_;
    rest_ = static_cast<std::uint32_t>(step % cwnd);
    return cwnd + static_cast<std::uint32_t>(step / cwnd);
}

void cubic::skip(duration pause) {
    epoch_ += milliseconds(pause);
}

}  // namespace stack::tcp
