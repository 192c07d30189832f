#include "stack/tun/fence.hpp"

#include "stack/wire/ipv4.hpp"

#include <algorithm>
#include <utility>

#include <time.h>

namespace stack::tun {
namespace {

constexpr std::size_t ipv6_header = 40;
constexpr std::size_t ipv6_source = 8;

}  // namespace

void fence::guard(std::vector<address> sources, std::atomic<std::int64_t> const& deadline) {
    sources_ = std::move(sources);
    std::sort(sources_.begin(), sources_.end());
    deadline_ = &deadline;
}

bool fence::is_guarded(std::span<std::byte const> packet) const {
    if (packet.size() < wire::ipv4_view::minimum) return true;  // whatever it is
    wire::ipv4_view const ip(packet);
    if (ip.version() == 4) return std::binary_search(sources_.begin(), sources_.end(), ip.source());
    if (packet.size() < ipv6_header) return true;
    address::bytes_type bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = std::to_integer<std::uint8_t>(packet[ipv6_source + i]);
    return std::binary_search(sources_.begin(), sources_.end(), address(bytes));
}

bool fence::is_open() const {
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec < deadline_->load();
}

}  // namespace stack::tun
