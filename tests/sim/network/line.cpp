#include "network/line.hpp"

#include <algorithm>

namespace sim {

namespace {
constexpr std::uint64_t bit_nanoseconds = 8'000'000'000;  // of a byte at one bit per second
}

std::uint64_t line::backlog(instant now) const {
    if (free_at_ <= now) return 0;
    auto const wait = static_cast<std::uint64_t>((free_at_ - now).count());
    return wait * (settings_.bits_per_second / 1000) / (bit_nanoseconds / 1000);
}

fate line::decide(std::uint32_t bytes, bool ecn_capable, instant now) {
    if (bytes > settings_.mtu) return fate::too_big;
    if (backlog(now) + bytes > settings_.queue_bytes) return fate::queue_full;
    if (loss_.next(random_)) return fate::lost;
    if (chance(random_, settings_.corrupted)) return fate::corrupted;
    bool const long_queue = settings_.marks_above != 0 && backlog(now) > settings_.marks_above;
    if (ecn_capable && long_queue) return fate::marked;
    return fate::arrives;
}

fate line::enter(std::uint32_t bytes, bool ecn_capable, instant now, instant& arrives) {
    fate const what = decide(bytes, ecn_capable, now);
    ++counted_[static_cast<std::size_t>(what)];
    if (what == fate::too_big || what == fate::queue_full) return what;
    // What is lost on the line has taken its time on it.
    free_at_ = std::max(free_at_, now);
    if (settings_.bits_per_second != 0)
        free_at_ += duration(
            static_cast<std::int64_t>(bytes * bit_nanoseconds / settings_.bits_per_second));
    arrives = free_at_ + settings_.delay;
    if (settings_.jitter.count() > 0)
        arrives += duration(static_cast<std::int64_t>(
            random_() % static_cast<std::uint64_t>(settings_.jitter.count())));
    if (settings_.interrupts.count() > 0) {
        auto const unit = settings_.interrupts;
        arrives = instant((arrives.time_since_epoch() + unit - duration(1)) / unit * unit);
    }
    return what;
}

}  // namespace sim
