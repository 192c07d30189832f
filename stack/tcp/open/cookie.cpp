#include "stack/tcp/open/cookie.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/tcp/limits.hpp"
#include "stack/tcp/tuple_hash.hpp"

#include <array>
#include <cstddef>

namespace stack::tcp {

namespace {

/// What peers say: little, nothing, the least MTU of IPv6, tunnels, Ethernet with IPv6 and IPv4,
/// FDDI, jumbo frames.
constexpr std::array<std::uint16_t, 8> classes{
    limits::min_mss, 536, 1220, 1360, 1440, 1460, 4312, 8940};
constexpr unsigned tick_shift = 27;
constexpr unsigned class_shift = 24;
constexpr std::uint32_t tick_mask = 0x1f;
constexpr std::uint32_t class_mask = 0x7;
constexpr std::uint32_t hash_mask = 0xffffff;

std::uint32_t class_of(std::uint16_t mss) {
    std::uint32_t found = 0;
    while (found + 1 < classes.size() && classes[found + 1] <= mss)
        ++found;
    return found;
}

std::uint32_t tick_of(instant when) {
    return static_cast<std::uint32_t>(when.time_since_epoch() / limits::cookie_tick);
}

seq compose(siphash_key const& secret, four_tuple const& tuple, seq irs, std::uint32_t mss_class,
            std::uint32_t tick) {
    std::uint64_t const named = hash_of(secret, tuple);
    std::array<std::byte, 20> bytes;
    store_be32(bytes.data(), static_cast<std::uint32_t>(named >> 32));
    store_be32(bytes.data() + 4, static_cast<std::uint32_t>(named));
    store_be32(bytes.data() + 8, irs.value());
    store_be32(bytes.data() + 12, mss_class);
    store_be32(bytes.data() + 16, tick);
    auto const hash = static_cast<std::uint32_t>(siphash(secret, bytes)) & hash_mask;
    return seq((tick & tick_mask) << tick_shift | mss_class << class_shift | hash);
}

}  // namespace

seq make_cookie(siphash_key const& secret, four_tuple const& tuple, seq irs, std::uint16_t mss,
                instant now) {
    return compose(secret, tuple, irs, class_of(mss), tick_of(now));
}

std::optional<std::uint16_t> read_cookie(siphash_key const& secret, four_tuple const& tuple,
                                         seq irs, seq cookie, instant now) {
    std::uint32_t const age = (tick_of(now) - (cookie.value() >> tick_shift)) & tick_mask;
    if (age > 1) return std::nullopt;
    std::uint32_t const mss_class = cookie.value() >> class_shift & class_mask;
    if (compose(secret, tuple, irs, mss_class, tick_of(now) - age) != cookie) return std::nullopt;
    return classes[mss_class];
}

namespace {

constexpr std::uint32_t no_scaling = 0xf;
constexpr std::uint32_t sack_bit = 0x10;
constexpr std::uint32_t ecn_bit = 0x20;
constexpr std::uint32_t terms_mask = 0x3f;

}  // namespace

std::uint32_t make_stamp(cookie_terms const& terms, std::uint32_t clock) {
    std::uint32_t stamp = clock & ~terms_mask;
    stamp |= terms.wscale ? std::uint32_t{*terms.wscale} : no_scaling;
    if (terms.sack) stamp |= sack_bit;
    if (terms.ecn) stamp |= ecn_bit;
    // RFC 7323 5.4: the clock does not go back, so it must not have been ahead.
    if ((stamp & terms_mask) > (clock & terms_mask)) stamp -= terms_mask + 1;
    return stamp;
}

cookie_terms read_stamp(std::uint32_t stamp) {
    cookie_terms terms;
    if ((stamp & no_scaling) != no_scaling)
        terms.wscale = static_cast<std::uint8_t>(stamp & no_scaling);
    terms.sack = (stamp & sack_bit) != 0;
    terms.ecn = (stamp & ecn_bit) != 0;
    return terms;
}

}  // namespace stack::tcp
