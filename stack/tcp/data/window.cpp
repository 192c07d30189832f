#include "stack/tcp/data/window.hpp"

#include "stack/tcp/limits.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

constexpr std::uint32_t unscaled_max = 0xffff;

std::uint32_t space_of(connection const& c) {
    // The scale is that of the largest buffer it may become; less than a unit of it can't be said.
    std::uint32_t const buffer = std::max(c.rcv_buffer, 1U << c.rcv_wscale);
    return buffer - std::min(buffer, c.receive.size());
}

// RFC 9293 3.8.6.2.2: less is not worth a move of the edge.
std::uint32_t worthwhile(connection const& c) {
    return std::min<std::uint32_t>(c.rcv_buffer / 2, c.mss);
}

}  // namespace

std::uint8_t window_scale_for(std::uint32_t buffer) {
    std::uint8_t shift = 0;
    while (shift < limits::max_window_scale && (buffer >> shift) > unscaled_max)
        ++shift;
    return shift;
}

std::uint16_t syn_window(std::uint32_t buffer) {
    return static_cast<std::uint16_t>(std::min(buffer, unscaled_max));
}

std::uint16_t offer_window(connection& c) {
    std::uint32_t const offered = c.rcv_wnd();
    std::uint32_t const space = space_of(c);
    std::uint32_t const unit = 1U << c.rcv_wscale;
    // Rounded up, so that the edge on the wire does not move left with each odd byte received (RFC
    // 7323 2.4). That can exceed the buffer by less than a unit at a time; a peer that sends single
    // bytes must not make that a habit.
    std::uint32_t window = (offered + unit - 1) / unit * unit;
    if (window > offered && window > space + c.mss) window = offered / unit * unit;
    if (space >= offered + worthwhile(c)) window = std::max(window, space / unit * unit);
    window = std::min(window, unscaled_max << c.rcv_wscale);
    c.rcv_adv = later(c.rcv_adv, c.rcv_nxt + window);
    return static_cast<std::uint16_t>(window >> c.rcv_wscale);
}

bool window_update_due(connection const& c) {
    if (c.rcv_wnd() >= c.rcv_buffer / 2) return false;
    return space_of(c) >= c.rcv_wnd() + std::max(1U, std::min(c.rcv_buffer / 2, 2U * c.mss));
}

}  // namespace stack::tcp
