// Segments as text, and compared with what a script expects.
#include "run/segment.hpp"
#include "stack/wire/ecn.hpp"
#include "stack/wire/tcp.hpp"

#include <algorithm>

namespace packets {

namespace {

// Numbers a little before the origin read better as negative ones.
std::string relative(std::uint32_t value) {
    return std::to_string(static_cast<std::int32_t>(value));
}

std::string to_string(std::optional<std::uint32_t> const& value) {
    return value ? std::to_string(*value) : "*";
}

std::string to_string(options const& o) {
    std::string text;
    auto const add = [&](std::string const& what) { text += (text.empty() ? "" : ",") + what; };
    if (o.mss) add("mss " + std::to_string(*o.mss));
    if (o.sack_permitted) add("sackOK");
    if (o.timestamps)
        add("TS val " + to_string(o.timestamps->value) + " ecr " + to_string(o.timestamps->echo));
    if (o.window_scale) add("wscale " + std::to_string(*o.window_scale));
    if (!o.sacks.empty()) {
        std::string blocks = "sack";
        for (auto const& [left, right] : o.sacks)
            blocks += " " + relative(left) + ":" + relative(right);
        add(blocks);
    }
    if (o.others) add("...");
    return text.empty() ? "" : " <" + text + ">";
}

// Absent in `wanted`: must be absent, or, if others are allowed, may be anything.
template <typename T>
bool agree(std::optional<T> const& wanted, std::optional<T> const& seen, bool others) {
    return wanted ? wanted == seen : others || !seen;
}

bool stamps_agree(options const& wanted, options const& seen) {
    if (!wanted.timestamps) return wanted.others || !seen.timestamps;
    if (!seen.timestamps) return false;
    auto const fits = [](auto const& w, auto const& s) { return !w || w == s; };
    return fits(wanted.timestamps->value, seen.timestamps->value) &&
           fits(wanted.timestamps->echo, seen.timestamps->echo);
}

bool agree(options const& wanted, options const& seen) {
    return agree(wanted.mss, seen.mss, wanted.others) &&
           agree(wanted.window_scale, seen.window_scale, wanted.others) &&
           (wanted.sack_permitted == seen.sack_permitted ||
            (wanted.others && seen.sack_permitted)) &&
           (wanted.sacks == seen.sacks || (wanted.others && wanted.sacks.empty())) &&
           stamps_agree(wanted, seen);
}

}  // namespace

std::string to_string(segment const& s) {
    std::string text = s.flags.empty() ? "-" : s.flags;
    text += " " + relative(s.seq) + ":" + relative(s.seq + s.length) + "(" +
            std::to_string(s.length) + ")";
    if (s.ack) text += " ack " + relative(*s.ack);
    if (s.window) text += " win " + std::to_string(*s.window);
    if (s.urgent) text += " urg " + std::to_string(*s.urgent);
    text += to_string(s.options);
    if (s.ecn.value_or(0) != 0) text += s.ecn == stack::wire::ecn_congested ? " [ce]" : " [ect0]";
    return text;
}

bool matches(segment const& wanted, segment const& seen) {
    return wanted.flags == seen.flags && wanted.seq == seen.seq && wanted.length == seen.length &&
           wanted.ack == seen.ack && (!wanted.window || wanted.window == seen.window) &&
           (!wanted.urgent || wanted.urgent == seen.urgent) &&
           (!wanted.ecn || wanted.ecn == seen.ecn) && agree(wanted.options, seen.options);
}

}  // namespace packets
