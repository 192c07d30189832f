#include "stack/ip/counters.hpp"

namespace stack::ip {
namespace {

struct words {
    std::string_view name;
    std::string_view text;
};

constexpr std::array<words, static_cast<std::size_t>(counter::count)> list{{
#define COUNTER(name, shown, text) {shown, text},
#include "stack/ip/counter.def"
#undef COUNTER
}};

/// What is no protocol's own is there for dynamic VIPAs: "hold.queued", "port.granted".
std::string_view protocol_of(std::string_view name) {
    if (name.starts_with("ip.")) return "IP";
    if (name.starts_with("icmp.")) return "ICMP";
    if (name.starts_with("udp.")) return "UDP";
    return "DVIPA";
}

}  // namespace

void counters::each(std::function<void(counted const&)> const& visit) const {
    for (std::size_t i = 0; i < counts_.size(); ++i)
        visit({list[i].name, protocol_of(list[i].name), list[i].text, counts_[i]});
    for (std::size_t i = 1; i < drops_.size(); ++i) {
        auto const reason = static_cast<drop_reason>(i);
        visit({counter_name(reason), protocol_of(reason), to_string(reason), drops_[i]});
    }
}

}  // namespace stack::ip
