#include "stack/tun/fence.hpp"

#include "stack/wire/ipv4.hpp"
#include "stack/wire/ipv6.hpp"

#include <algorithm>
#include <utility>

#include <time.h>

namespace stack::tun {

void fence::guard(std::vector<address> sources, std::atomic<std::int64_t> const& deadline) {
    sources_ = std::move(sources);
    std::sort(sources_.begin(), sources_.end());
    deadline_ = &deadline;
}

bool fence::lets_through(address const& source) const {
    return !std::binary_search(sources_.begin(), sources_.end(), source) || is_open();
}

bool fence::is_guarded(std::span<std::byte const> packet) const {
    if (packet.size() < wire::ipv4_view::minimum) return true;  // whatever it is
    wire::ipv4_view const ip(packet);
    bool const v4 = ip.version() == 4;
    if (!v4 && packet.size() < wire::ipv6_view::minimum) return true;
    return std::binary_search(sources_.begin(), sources_.end(),
                              v4 ? ip.source() : wire::ipv6_view(packet).source());
}

bool fence::is_open() const {
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec < deadline_->load();
}

}  // namespace stack::tun
