#include "tcp_wire.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/wire/tcp.hpp"

#include <algorithm>

namespace sim {

namespace {

constexpr std::size_t sequence_offset = 4;
constexpr std::size_t flags_offset = 13;
constexpr std::size_t largest_payload = 60000;

std::byte flags_without_last(std::byte flags) {
    auto const last_only = stack::wire::tcp_flag::fin | stack::wire::tcp_flag::psh;
    return flags & ~static_cast<std::byte>(last_only);
}

std::size_t payload_of(frame const& f) {
    return f.bytes.size() - f.header;
}

}  // namespace

frame copy_of(stack::tcp::outgoing_segment const& segment) {
    frame f;
    f.source = segment.source;
    f.destination = segment.destination;
    f.header = segment.header.size();
    f.gso_size = segment.gso_size;
    f.ecn = segment.ecn;
    f.bytes.assign(segment.header.begin(), segment.header.end());
    for (auto const piece : segment.payload)
        f.bytes.insert(f.bytes.end(), piece.begin(), piece.end());
    return f;
}

std::vector<frame> split(frame const& whole) {
    if (whole.gso_size == 0) return {whole};
    std::vector<frame> parts;
    std::uint32_t const first = stack::load_be32(whole.bytes.data() + sequence_offset);
    for (std::size_t at = 0; at < payload_of(whole); at += whole.gso_size) {
        std::size_t const end = std::min(at + whole.gso_size, payload_of(whole));
        auto const header = static_cast<std::ptrdiff_t>(whole.header);
        frame part{whole.source, whole.destination, {}, whole.header, 0, whole.ecn};
        part.bytes.reserve(whole.header + end - at);
        part.bytes.assign(whole.bytes.begin(), whole.bytes.begin() + header);
        part.bytes.insert(part.bytes.end(),
                          whole.bytes.begin() + header + static_cast<std::ptrdiff_t>(at),
                          whole.bytes.begin() + header + static_cast<std::ptrdiff_t>(end));
        stack::store_be32(part.bytes.data() + sequence_offset,
                          first + static_cast<std::uint32_t>(at));
        // RFC 3168 6.1.2: the reduced window is told once.
        if (at > 0) part.bytes[flags_offset] &= ~static_cast<std::byte>(stack::wire::tcp_flag::cwr);
        if (end < payload_of(whole))
            part.bytes[flags_offset] = flags_without_last(part.bytes[flags_offset]);
        parts.push_back(std::move(part));
    }
    return parts;
}

bool merge(frame& into, frame const& next) {
    auto const a = stack::wire::parse_tcp(into.bytes);
    auto const b = stack::wire::parse_tcp(next.bytes);
    if (!a || !b || a->payload.empty() || b->payload.empty()) return false;
    if (into.gso_size == 0) {
        if (b->payload.size() > a->payload.size()) return false;
    } else if (a->payload.size() % into.gso_size != 0 || b->payload.size() > into.gso_size) {
        return false;
    }
    bool const plain =
        (a->header.flags & ~stack::wire::tcp_flag::psh) == stack::wire::tcp_flag::ack;
    bool const follows = a->header.sequence + a->payload.size() == b->header.sequence &&
                         a->header.acknowledgment == b->header.acknowledgment;
    bool const same_options =
        std::equal(into.bytes.begin() + stack::wire::tcp_header_min,
                   into.bytes.begin() + static_cast<std::ptrdiff_t>(into.header),
                   next.bytes.begin() + stack::wire::tcp_header_min,
                   next.bytes.begin() + static_cast<std::ptrdiff_t>(next.header));
    if (!plain || !follows || !same_options || into.ecn != next.ecn ||
        a->payload.size() + b->payload.size() > largest_payload)
        return false;
    if (into.gso_size == 0) into.gso_size = static_cast<std::uint16_t>(a->payload.size());
    into.bytes[flags_offset] |= next.bytes[flags_offset];
    std::copy(next.bytes.begin() + 14, next.bytes.begin() + 16, into.bytes.begin() + 14);
    into.bytes.insert(into.bytes.end(), b->payload.begin(), b->payload.end());
    return true;
}

void tcp_wire::launch(frame const& one, instant now) {
    if (chance(weather_.loss)) return;
    instant at = now + weather_.delay;
    if (weather_.jitter.count() > 0)
        at += duration(static_cast<std::int64_t>(
            random_() % static_cast<std::uint64_t>(weather_.jitter.count())));
    // Without reordering a packet never overtakes another.
    if (!chance(weather_.reordering)) at = last_ = std::max(at, last_);
    flying_.emplace(at, one);
}

void tcp_wire::put(frame const& whole, instant now) {
    for (frame const& one : split(whole)) {
        launch(one, now);
        if (chance(weather_.duplication)) launch(one, now);
    }
}

void tcp_wire::deliver(instant now, std::function<void(frame const&)> const& receive) {
    while (!flying_.empty() && flying_.begin()->first <= now) {
        frame whole = std::move(flying_.begin()->second);
        flying_.erase(flying_.begin());
        while (!flying_.empty() && flying_.begin()->first <= now && weather_.super_segments &&
               chance(900) && merge(whole, flying_.begin()->second))
            flying_.erase(flying_.begin());
        receive(whole);
    }
}

}  // namespace sim
