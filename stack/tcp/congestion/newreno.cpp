#include "stack/tcp/congestion/newreno.hpp"

#include <algorithm>

namespace stack::tcp {

std::uint32_t newreno::on_congestion(std::uint32_t flight, std::uint16_t mss) {
    acked_ = 0;
    return std::max<std::uint32_t>(flight / 2, 2U * mss);  // RFC 5681 3.1 (4)
}

std::uint32_t newreno::grow(std::uint32_t cwnd, std::uint32_t acked, std::uint16_t mss) {
    acked_ += acked;
    if (acked_ < cwnd) return cwnd;
    acked_ -= cwnd;
    return cwnd + mss;
}

}  // namespace stack::tcp
