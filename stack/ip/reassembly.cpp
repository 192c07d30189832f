#include "stack/ip/reassembly.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/ip/fragment_check.hpp"
#include "stack/wire/ecn.hpp"
#include "stack/wire/ipv4.hpp"
#include "stack/wire/ipv6.hpp"
#include "stack/wire/ipv6_extension.hpp"
#include "stack/wire/tcp.hpp"

#include <algorithm>
#include <cstring>

namespace stack::ip {
namespace {

constexpr std::size_t largest_packet = 65535;  // of IPv6: of what follows its first header
constexpr std::byte ecn_mask{3};

/// RFC 3168 5.3: congestion that one fragment met, all have met. False if fragments contradict each
/// other. `ecn` is that of the first fragment.
bool merge_ecn(std::uint8_t seen, std::uint8_t& ecn) {
    bool const congestion = (seen >> wire::ecn_congested & 1U) != 0;
    bool const not_capable = (seen & 1U) != 0;
    if (congestion && not_capable) return false;
    if (congestion) ecn = wire::ecn_congested;
    return true;
}

/// The headers of a whole datagram from those of its first fragment, at their end; what is too long
/// is empty.
std::span<std::byte> whole_header_v4(std::span<std::byte> header, std::size_t payload,
                                     std::uint8_t ecn) {
    if (header.size() + payload > largest_packet) return {};
    header[1] = (header[1] & ~ecn_mask) | static_cast<std::byte>(ecn);
    wire::set_fragment(header, header.size() + payload, 0, false);
    return header;
}

std::span<std::byte> whole_header_v6(std::span<std::byte> header, std::size_t payload,
                                     std::uint8_t ecn) {
    constexpr std::size_t removed = wire::fragment_header_length;
    std::size_t const length = header.size() - removed;
    std::size_t const payload_length = length - wire::ipv6_view::minimum + payload;
    if (payload_length > largest_packet) return {};
    auto const chain = wire::read_extensions(header);
    if (!chain.fragment) return {};
    header[chain.fragment->named_at] = static_cast<std::byte>(chain.protocol);
    std::memmove(header.data() + removed, header.data(), length);
    auto const out = header.subspan(removed);
    store_be16(out.data() + 4, static_cast<std::uint16_t>(payload_length));
    constexpr unsigned ecn_shift = 4;
    out[1] = (out[1] & ~(ecn_mask << ecn_shift)) | static_cast<std::byte>(ecn << ecn_shift);
    return out;
}

}  // namespace

reassembly::outcome reassembly::add(inbound const& part, duration patience, instant now) {
    if (auto const refused = check_fragment(part); refused.reason != drop_reason::none)
        return {refused, {}};
    auto const at = find_or_make(part, patience, now);
    if (at->abandoned) return {{drop_reason::fragment_overlap, {}}, {}};
    if (auto const reason = fill(at, part); reason != drop_reason::none) return {{reason, {}}, {}};
    if (!at->holes.empty()) return {};
    return finish(at);
}

reassembly::place reassembly::find_or_make(inbound const& part, duration patience, instant now) {
    auto const protocol = part.v4() ? part.protocol : wire::protocol::none;
    auto const same = [&](datagram const& d) {
        return d.identification == part.fragment->identification && d.protocol == protocol &&
               d.source == part.source && d.destination == part.destination;
    };
    auto const known = std::find_if(datagrams_.begin(), datagrams_.end(), same);
    if (known != datagrams_.end()) return known;
    auto const of_source =
        std::count_if(datagrams_.begin(), datagrams_.end(),
                      [&](datagram const& d) { return d.source == part.source; });
    if (static_cast<std::size_t>(of_source) >= most_datagrams_of_a_source)
        evict_oldest(datagrams_.end(), &part.source);
    else if (datagrams_.size() >= most_datagrams)
        evict_oldest(datagrams_.end(), nullptr);
    datagrams_.emplace_back();
    auto& made = datagrams_.back();
    made.source = part.source;
    made.destination = part.destination;
    made.identification = part.fragment->identification;
    made.protocol = protocol;
    made.deadline = now + patience;
    return std::prev(datagrams_.end());
}

drop_reason reassembly::fill(place at, inbound const& part) {
    auto const reason = fill_hole(*at, part);
    if (reason == drop_reason::fragment_overlap) abandon(at);
    if (reason != drop_reason::none) return reason;
    std::size_t const to = payload_at + part.fragment->offset;
    make_room(at, to + part.payload.size());
    std::copy(part.payload.begin(), part.payload.end(),
              at->bytes.begin() + static_cast<std::ptrdiff_t>(to));
    at->ecn_seen |= static_cast<std::uint8_t>(1U << part.ecn);
    if (part.fragment->offset != 0) return drop_reason::none;
    at->header_length = part.header_length();
    at->first_length = part.payload.size();
    std::copy_n(part.packet.begin(), at->header_length,
                at->bytes.begin() + static_cast<std::ptrdiff_t>(payload_at - at->header_length));
    return drop_reason::none;
}

/// RFC 815 3, but that a fragment must lie within one hole.
drop_reason reassembly::fill_hole(datagram& of, inbound const& part) {
    std::uint32_t const first = part.fragment->offset;
    auto const end = static_cast<std::uint32_t>(first + part.payload.size());
    bool const last = !part.fragment->more;
    // Where the datagram ends is said once, by its last fragment.
    if (of.end != unknown_end && (last ? end != of.end : end >= of.end))
        return drop_reason::fragment_overlap;
    auto const touched = std::find_if(of.holes.begin(), of.holes.end(), [&](hole const& h) {
        return h.first < end && first < h.end;
    });
    if (touched == of.holes.end()) {  // all of it is there already
        auto const* const there = of.bytes.data() + payload_at + first;
        return std::equal(part.payload.begin(), part.payload.end(), there)
                   ? drop_reason::fragment_duplicate
                   : drop_reason::fragment_overlap;
    }
    hole const old = *touched;
    bool const inside = old.first <= first && end <= old.end;
    bool const nothing_behind = old.end == unknown_end;
    if (!inside || (last && of.end == unknown_end && !nothing_behind))
        return drop_reason::fragment_overlap;
    if (of.holes.size() >= most_holes) return drop_reason::reassembly_full;
    if (last) of.end = end;
    auto at = of.holes.erase(touched);
    if (!last && end < old.end) at = of.holes.insert(at, {end, old.end});
    if (old.first < first) of.holes.insert(at, {old.first, first});
    return drop_reason::none;
}

/// Memory for `bytes` of a datagram, at the cost of older ones. Sizes double, so that growing costs
/// little. One datagram alone is always within what its source may have.
void reassembly::make_room(place at, std::size_t bytes) {
    std::size_t const before = at->bytes.size();
    if (bytes <= before) return;
    std::size_t const after = std::max(bytes, std::min(before * 2, payload_at + largest_packet));
    std::size_t const growth = after - before;
    auto const held = [&] {
        std::size_t sum = 0;
        for (auto const& d : datagrams_)
            if (d.source == at->source) sum += d.bytes.size();
        return sum;
    };
    while (held() + growth > most_bytes_of_a_source)
        evict_oldest(at, &at->source);
    while (bytes_ + growth > most_bytes)
        evict_oldest(at, nullptr);
    at->bytes.resize(after);
    bytes_ += growth;
}

reassembly::outcome reassembly::finish(place at) {
    finished_ = std::move(at->bytes);
    bytes_ -= finished_.size();
    auto const header =
        std::span(finished_).subspan(payload_at - at->header_length, at->header_length);
    auto const payload = at->end;
    auto const seen = at->ecn_seen;
    bool const v4 = at->source.is_v4();
    datagrams_.erase(at);
    std::uint8_t ecn = v4 ? wire::ipv4_view(header).ecn() : wire::ipv6_view(header).ecn();
    if (!merge_ecn(seen, ecn)) return {{drop_reason::reassembly_ecn, {}}, {}};
    auto const made =
        v4 ? whole_header_v4(header, payload, ecn) : whole_header_v6(header, payload, ecn);
    if (made.empty()) return {{drop_reason::bad_fragment, {}}, {}};
    counts_.add(counter::reassembled);
    return {{}, {made.data(), made.size() + payload}};
}

std::span<std::byte const> reassembly::datagram::first_fragment() const {
    return std::span(bytes).subspan(header_length == 0 ? 0 : payload_at - header_length,
                                    header_length == 0 ? 0 : header_length + first_length);
}

/// Keeps the name, so that the rest of the datagram is known for what it is.
void reassembly::abandon(place at) {
    bytes_ -= at->bytes.size();
    at->bytes = {};
    at->header_length = 0;
    at->abandoned = true;
}

void reassembly::evict_oldest(place but, address const* source) {
    for (auto at = datagrams_.begin(); at != datagrams_.end(); ++at) {
        if (at == but || (source != nullptr && at->source != *source)) continue;
        if (!at->abandoned) counts_.drop(drop_reason::reassembly_full);
        return forget(at);
    }
}

void reassembly::forget(place at) {
    bytes_ -= at->bytes.size();
    datagrams_.erase(at);
}

std::optional<instant> reassembly::next_deadline() const {
    std::optional<instant> earliest;
    for (auto const& d : datagrams_)
        if (!earliest || d.deadline < *earliest) earliest = d.deadline;
    return earliest;
}

}  // namespace stack::ip
