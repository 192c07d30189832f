// Datagrams made whole again, and all the ways in which fragments are refused.
#include "stack/ip/reassembly.hpp"

#include "packet_builder.hpp"
#include "stack/ip/fragmentation.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace stack::ip {
namespace {

using namespace stack::testing;
using namespace std::chrono_literals;

constexpr std::uint16_t mtu = 1280;

/// A UDP datagram of either family, and its fragments.
bytes datagram(bool v4, std::size_t payload, char const* source = nullptr) {
    auto const from = addr(source != nullptr ? source : v4 ? "192.0.2.1" : "2001:db8::1");
    auto packet = ip_packet(wire::protocol::udp, from, addr(v4 ? "192.0.2.2" : "2001:db8::2"),
                            pattern(payload));
    if (v4) {
        store_be16(packet.data() + 6, 0);
        reseal(packet);
    }
    return packet;
}

std::vector<bytes> cut(bytes const& packet, std::uint32_t identification = 7) {
    std::vector<bytes> out;
    std::size_t const header = ip_header_length(packet);
    fragments payload;
    payload.push_back(std::span(packet).subspan(header));
    auto const take = [&](fragments const& piece) {
        bytes joined;
        for (auto part : piece)
            joined.insert(joined.end(), part.begin(), part.end());
        EXPECT_LE(joined.size(), mtu);
        out.push_back(joined);
    };
    if (header == 20) {
        bytes named(packet.begin(), packet.begin() + 20);
        store_be16(named.data() + 4, static_cast<std::uint16_t>(identification));
        cut_v4(named, payload, mtu, take);
    } else {
        cut_v6(std::span(packet).first(header), identification, payload, mtu, take);
    }
    return out;
}

class reassembling : public ::testing::TestWithParam<bool> {
  protected:
    reassembly::outcome add(bytes const& fragment) {
        inbound part;
        EXPECT_EQ(parse(fragment, {}, part), drop_reason::none);
        EXPECT_EQ(open(part).reason, drop_reason::none);
        EXPECT_TRUE(part.fragment);
        return it.add(part, 60s, now);
    }
    drop_reason reason(bytes const& fragment) { return add(fragment).refused.reason; }
    /// The datagram after its last fragment, header and all.
    bytes whole(std::vector<bytes> const& pieces) {
        for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
            auto const got = add(pieces[i]);
            EXPECT_EQ(got.refused.reason, drop_reason::none);
            EXPECT_TRUE(got.whole.empty());
        }
        auto const got = add(pieces.back()).whole;
        return {got.begin(), got.end()};
    }
    bytes sent(std::size_t payload) const {
        auto packet = datagram(GetParam(), payload);
        if (GetParam()) {
            store_be16(packet.data() + 4, 7);
            reseal(packet);
        }
        return packet;
    }
    void expect_empty() const {
        EXPECT_EQ(it.size(), 0U);
        EXPECT_EQ(it.bytes(), 0U);
        EXPECT_FALSE(it.next_deadline());
    }

    counters counts;
    reassembly it{counts};
    instant now{};
};

TEST_P(reassembling, any_order_of_arrival_gives_the_datagram) {
    auto pieces = cut(sent(5000));
    ASSERT_EQ(pieces.size(), 4U + (GetParam() ? 0 : 1));
    std::sort(pieces.begin(), pieces.end());
    int orders = 0;
    do {
        EXPECT_EQ(whole(pieces), sent(5000));
        expect_empty();
    } while (++orders < 120 && std::next_permutation(pieces.begin(), pieces.end()));
    EXPECT_EQ(counts.value(counter::reassembled), static_cast<unsigned>(orders));
}

TEST_P(reassembling, the_largest_datagram_fits) {
    std::size_t const payload = GetParam() ? 65515 : 65535;
    EXPECT_EQ(whole(cut(sent(payload))), sent(payload));
}

TEST_P(reassembling, datagrams_are_told_apart) {
    auto const a = cut(datagram(GetParam(), 2000), 1);
    auto const b = cut(datagram(GetParam(), 2000), 2);
    EXPECT_TRUE(add(a[0]).whole.empty());
    EXPECT_TRUE(add(b[1]).whole.empty());
    EXPECT_FALSE(add(b[0]).whole.empty());
    EXPECT_FALSE(add(a[1]).whole.empty());
}

TEST_P(reassembling, a_duplicate_changes_nothing) {
    auto const pieces = cut(sent(3000));
    add(pieces[0]);
    EXPECT_EQ(reason(pieces[0]), drop_reason::fragment_duplicate);
    add(pieces[2]);
    EXPECT_EQ(reason(pieces[2]), drop_reason::fragment_duplicate);
    auto const got = add(pieces[1]).whole;
    EXPECT_EQ(bytes(got.begin(), got.end()), sent(3000));
}

TEST_P(reassembling, fragments_that_overlap_end_their_datagram) {
    auto const pieces = cut(sent(3000));
    auto other = pieces[1];
    other.back() ^= std::byte{1};
    add(pieces[0]);
    add(pieces[1]);
    EXPECT_EQ(reason(other), drop_reason::fragment_overlap);
    EXPECT_EQ(it.bytes(), 0U);
    // RFC 5722: nor does what is still to come make it whole.
    for (auto const& piece : pieces)
        EXPECT_EQ(reason(piece), drop_reason::fragment_overlap);
    std::size_t told = 0;
    it.expire(now + 60s, [&](auto) { ++told; });
    EXPECT_EQ(told, 0U);
    EXPECT_EQ(whole(pieces), sent(3000));
}

TEST_P(reassembling, the_end_is_where_the_last_fragment_ends) {
    auto const longer = cut(sent(5000));
    auto const shorter = cut(sent(3000));
    add(longer[3]);
    EXPECT_EQ(reason(shorter.back()), drop_reason::fragment_overlap);
    it.expire(now + 60s, [](auto) {});
    add(shorter.back());
    EXPECT_EQ(reason(longer[3]), drop_reason::fragment_overlap);
}

TEST_P(reassembling, what_does_not_come_in_time_is_given_up_and_the_sender_told) {
    auto const pieces = cut(sent(3000));
    add(pieces[1]);
    now += 59s;
    add(pieces[0]);
    EXPECT_EQ(it.next_deadline(), instant{} + 60s);
    std::vector<bytes> told;
    auto const tell = [&](std::span<std::byte const> first) {
        told.emplace_back(first.begin(), first.end());
    };
    it.expire(instant{} + 60s - 1ns, tell);
    EXPECT_EQ(it.size(), 1U);
    it.expire(instant{} + 60s, tell);
    EXPECT_EQ(told, std::vector<bytes>{pieces[0]});
    EXPECT_EQ(counts.value(drop_reason::reassembly_timeout), 1U);
    expect_empty();
    add(pieces[1]);
    it.expire(now + 60s, tell);
    EXPECT_EQ(told.size(), 1U) << "the first fragment never came";
}

TEST_P(reassembling, congestion_of_one_fragment_is_that_of_the_datagram) {
    auto const mark = [&](bytes& fragment, unsigned ecn) {
        if (!GetParam()) {
            fragment[1] = static_cast<std::byte>(ecn << 4);
        } else {
            fragment[1] = static_cast<std::byte>(ecn);
            reseal(fragment);
        }
    };
    auto pieces = cut(sent(2000));
    mark(pieces[0], 2);
    mark(pieces[1], 3);
    auto const packet = whole(pieces);
    inbound got;
    ASSERT_EQ(parse(packet, {}, got), drop_reason::none);
    EXPECT_EQ(got.ecn, 3);
    mark(pieces[0], 0);
    add(pieces[0]);
    EXPECT_EQ(reason(pieces[1]), drop_reason::reassembly_ecn);
    expect_empty();
}

TEST_P(reassembling, a_source_loses_its_own_oldest_datagrams_first) {
    auto const other = cut(datagram(GetParam(), 2000, GetParam() ? "192.0.2.7" : "2001:db8::7"));
    add(other[0]);
    // Each of these wants the memory of a largest datagram.
    for (std::uint32_t i = 0; i < 40; ++i) {
        auto const pieces = cut(sent(60000), 100 + i);
        EXPECT_EQ(reason(pieces[pieces.size() - 2]), drop_reason::none);
        EXPECT_LE(it.bytes(), reassembly::most_bytes);
    }
    EXPECT_LE(it.bytes(), reassembly::most_bytes_of_a_source + 4096);
    EXPECT_GT(counts.value(drop_reason::reassembly_full), 20U);
    EXPECT_FALSE(add(other[1]).whole.empty());
}

TEST_P(reassembling, memory_and_number_are_bounded_in_all) {
    for (unsigned i = 0; i < 1000; ++i) {
        auto const source = (GetParam() ? "198.51.100." : "2001:db8:1::") + std::to_string(i % 200);
        auto const pieces = cut(datagram(GetParam(), 60000, source.c_str()), i);
        EXPECT_EQ(reason(pieces[pieces.size() - 2]), drop_reason::none);
        ASSERT_LE(it.bytes(), reassembly::most_bytes);
        ASSERT_LE(it.size(), reassembly::most_datagrams);
    }
    std::size_t told = 0;
    it.expire(now + 60s, [&](auto) { ++told; });
    EXPECT_EQ(told, 0U);
    expect_empty();
}

TEST_P(reassembling, a_datagram_full_of_holes_takes_no_more_of_them) {
    auto const pieces = cut(sent(3000));
    std::size_t const header = pieces[0].size() - (GetParam() ? 1256 : 1232);
    std::size_t refused = 0;
    for (unsigned i = 1; i < 200; i += 2) {
        bytes tiny(pieces[0].begin(), pieces[0].begin() + static_cast<std::ptrdiff_t>(header + 8));
        if (GetParam()) {
            wire::set_fragment(std::span(tiny).first(20), tiny.size(), i * 8, true);
        } else {
            store_be16(tiny.data() + 4, 16);
            store_be16(tiny.data() + 42, static_cast<std::uint16_t>(i * 8 | 1));
        }
        if (reason(tiny) == drop_reason::reassembly_full) ++refused;
    }
    EXPECT_EQ(refused, 100 - (reassembly::most_holes - 1));
}

INSTANTIATE_TEST_SUITE_P(families, reassembling, ::testing::Bool(),
                         [](auto const& family) { return family.param ? "v4" : "v6"; });

}  // namespace
}  // namespace stack::ip
