#include "daemon/display/facility_part.hpp"

#include "cf/trace/clock.hpp"

#include <fmt/format.h>

#include <chrono>

namespace tcpplexd {

std::vector<cf::dvipa> wanted_dvipas(display_subject const& subject, display_filter const& filter) {
    auto all = subject.facility.dvipas();
    if (filter.host)
        std::erase_if(all, [&](auto const& key) { return stack_address(key) != *filter.host; });
    std::erase_if(all, [&](auto const& key) {
        auto const settings = subject.facility.settings(key);
        return settings && settings->generation == 0;
    });
    return all;
}

std::string stack_in(std::vector<cf::member> const& members, std::uint16_t slot,
                     std::uint32_t incarnation) {
    for (auto const& each : members)
        if (each.slot == slot && (incarnation == 0 || each.incarnation == incarnation))
            return each.who.stack;
    return {};
}

std::string time_of(std::uint64_t trace_time) {
    using namespace std::chrono;
    if (trace_time == 0) return {};
    auto const ago = nanoseconds(static_cast<std::int64_t>(cf::trace::now() - trace_time));
    auto const then = duration_cast<milliseconds>((system_clock::now() - ago).time_since_epoch());
    auto text = time_text(duration_cast<seconds>(then).count());
    text.pop_back();
    return fmt::format("{}.{:03}Z", text, then.count() % 1000);
}

}  // namespace tcpplexd
