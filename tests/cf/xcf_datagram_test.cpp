// Datagrams of XCF: sealing, replays, fragments, and joining whatever the network does to them.
#include "cf/xcf/secure/datagram_cipher.hpp"
#include "cf/xcf/secure/gather.hpp"
#include "cf/xcf/secure/joiner.hpp"

#include <gtest/gtest.h>

#include <random>

namespace cf::test {
namespace {

using namespace cf::xcf;
using bytes = std::vector<std::byte>;

datagram_key key_of(int seed) {
    datagram_key made;
    made.key.fill(static_cast<std::byte>(seed));
    made.salt.fill(static_cast<std::byte>(seed + 1));
    return made;
}

bytes text_of(std::string const& text) {
    auto const view = std::as_bytes(std::span(text));
    return {view.begin(), view.end()};
}

bytes seal(datagram_sealer& sealer, std::string const& text) {
    bytes datagram(text.size() + datagram_overhead);
    EXPECT_TRUE(sealer.begin(datagram));
    sealer.add(std::as_bytes(std::span(text)));
    EXPECT_EQ(sealer.finish(), datagram.size());
    return datagram;
}

TEST(xcf_datagram, what_is_sealed_is_opened_once) {
    datagram_sealer sealer(7, key_of(1));
    datagram_opener opener(7, key_of(1));
    for (std::string const text : {"first", "", "third"}) {
        auto datagram = seal(sealer, text);
        auto again = datagram;
        auto const contents = opener.open(datagram);
        ASSERT_TRUE(contents);
        EXPECT_TRUE(std::ranges::equal(*contents, text_of(text)));
        EXPECT_EQ(opener.open(again).error(), refusal_of_datagram::replayed);
    }
}

TEST(xcf_datagram, the_contents_cannot_be_seen) {
    datagram_sealer sealer(7, key_of(1));
    auto const datagram = seal(sealer, "SECRETSECRET");
    auto const secret = text_of("SECRET");
    EXPECT_TRUE(std::ranges::search(datagram, secret).empty());
}

TEST(xcf_datagram, no_bit_can_be_changed) {
    datagram_sealer sealer(7, key_of(1));
    auto const datagram = seal(sealer, "contents");
    for (std::size_t bit = 0; bit < 8 * datagram.size(); ++bit) {
        datagram_opener opener(7, key_of(1));
        auto changed = datagram;
        changed[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
        EXPECT_FALSE(opener.open(changed)) << bit;
        auto whole = datagram;
        EXPECT_TRUE(opener.open(whole)) << "a forgery must not move the window, bit " << bit;
    }
}

TEST(xcf_datagram, a_truncated_one_is_refused) {
    datagram_sealer sealer(7, key_of(1));
    datagram_opener opener(7, key_of(1));
    auto const datagram = seal(sealer, "contents");
    for (std::size_t size = 0; size < datagram.size(); ++size) {
        auto cut = datagram;
        cut.resize(size);
        auto const expected =
            size < datagram_overhead ? refusal_of_datagram::too_short : refusal_of_datagram::forged;
        EXPECT_EQ(opener.open(cut).error(), expected) << size;
    }
}

TEST(xcf_datagram, another_key_another_link_and_the_way_back_are_refused) {
    datagram_sealer sealer(7, key_of(1));
    auto datagram = seal(sealer, "contents");
    auto copy = datagram;
    EXPECT_EQ(datagram_opener(7, key_of(2)).open(copy).error(), refusal_of_datagram::forged);
    EXPECT_EQ(datagram_opener(8, key_of(1)).open(datagram).error(),
              refusal_of_datagram::other_link);
}

TEST(xcf_datagram, a_key_is_used_up_before_a_number_comes_twice) {
    datagram_sealer sealer(7, key_of(1), sequence_limit - 1);
    seal(sealer, "last");
    EXPECT_TRUE(sealer.is_used_up());
    bytes room(100);
    EXPECT_FALSE(sealer.begin(room));
}

TEST(xcf_replay_window, agrees_with_a_set_for_any_order) {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        std::mt19937_64 random(seed);
        replay_window window;
        std::set<std::uint64_t> seen;
        std::uint64_t highest = 0, at = 0;
        for (int i = 0; i < 5000; ++i) {
            at += random() % 8 == 0 ? random() % 5000 : random() % 3;
            auto const back = random() % 4 == 0 ? random() % 3000 : 0;
            auto const sequence = at > back ? at - back : 0;
            bool const too_old =
                !seen.empty() && highest + 1 - std::min(highest, sequence) > replay_window::size;
            bool const expected = !too_old && !seen.contains(sequence);
            ASSERT_EQ(window.is_fresh(sequence), expected) << "seed " << seed << " step " << i;
            if (!expected) continue;
            window.note(sequence);
            seen.insert(sequence);
            highest = std::max(highest, sequence);
        }
    }
}

std::vector<fragment> cut(std::uint32_t message, std::span<std::byte const> whole,
                          std::size_t stride) {
    std::vector<fragment> parts;
    auto const count = (whole.size() + stride - 1) / stride;
    for (std::size_t i = 0; i < count; ++i)
        parts.push_back({message, static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(count),
                         static_cast<std::uint16_t>(stride),
                         whole.subspan(i * stride, std::min(stride, whole.size() - i * stride))});
    return parts;
}

bytes random_bytes(std::mt19937_64& random, std::size_t size) {
    bytes made(size);
    for (auto& each : made)
        each = static_cast<std::byte>(random());
    return made;
}

TEST(xcf_joiner, joins_what_arrives_whole_in_any_order_and_nothing_else) {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        std::mt19937_64 random(seed);
        std::vector<bytes> messages;
        std::vector<fragment> network;
        std::set<std::uint32_t> lossy;
        for (std::uint32_t i = 0; i < 12; ++i)
            messages.push_back(random_bytes(random, 1 + random() % max_frame));
        for (std::uint32_t i = 0; i < 12; ++i)
            for (auto const& part : cut(i, messages[i], smallest_stride + random() % 3000)) {
                auto const fate = random() % 100;
                if (fate == 0) lossy.insert(i);
                if (fate != 0) network.push_back(part);
                if (fate > 95) network.push_back(part);  // the opener would refuse the second
            }
        std::ranges::shuffle(network, random);
        joiner join;
        std::map<std::uint32_t, int> whole;
        for (auto const& part : network)
            if (auto const message = join.add(part)) {
                EXPECT_TRUE(std::ranges::equal(*message, messages[part.message])) << seed;
                whole[part.message] += part.count > 1 ? 1 : 0;
            }
        for (std::uint32_t i = 0; i < 12; ++i) {
            EXPECT_FALSE(lossy.contains(i) && whole[i] > 0) << "seed " << seed;
            bool const is_cut = messages[i].size() > 3480;
            EXPECT_GE(whole[i], is_cut && !lossy.contains(i) ? 1 : 0) << "seed " << seed;
            EXPECT_LE(whole[i], 1) << "seed " << seed;
        }
    }
}

TEST(xcf_joiner, a_message_that_misses_a_fragment_gives_way_to_later_ones) {
    joiner join;
    bytes const whole(3000);
    auto const first = cut(0, whole, 1000);
    EXPECT_FALSE(join.add(first[0]));
    for (std::uint32_t i = 1; i <= joiner::places; ++i)
        EXPECT_FALSE(join.add(cut(i, whole, 1000)[0]));
    EXPECT_EQ(join.incomplete(), 1U);
    EXPECT_FALSE(join.add(first[1]));
    EXPECT_FALSE(join.add(first[2]));
    EXPECT_EQ(join.stray(), 2U);
}

TEST(xcf_joiner, message_numbers_wrap_around) {
    joiner join;
    bytes const whole(2000);
    for (std::uint32_t i = 0xfffffff0; i != 0x10; ++i) {
        auto const parts = cut(i, whole, 1000);
        EXPECT_FALSE(join.add(parts[1]));
        EXPECT_TRUE(join.add(parts[0]));
    }
}

TEST(xcf_joiner, fragments_that_contradict_the_first_are_passed_over) {
    joiner join;
    bytes const whole(3000);
    EXPECT_FALSE(join.add(cut(1, whole, 1000)[0]));
    EXPECT_FALSE(join.add(cut(1, whole, 1500)[1]));
    EXPECT_EQ(join.stray(), 1U);
    EXPECT_FALSE(join.add(cut(1, whole, 1000)[1]));
    EXPECT_TRUE(join.add(cut(1, whole, 1000)[2]));
}

TEST(xcf_fragment, round_trips_and_refuses_what_contradicts_itself) {
    bytes const contents(1000);
    auto framed = [&](fragment part, std::size_t size) {
        auto const prefix = encode_prefix(part);
        bytes made(prefix.begin(), prefix.end());
        made.resize(prefix.size() + size);
        return made;
    };
    auto const good = decode_fragment(framed({9, 1, 3, 1000, {}}, 1000));
    ASSERT_TRUE(good);
    EXPECT_EQ(std::tuple(good->message, good->index, good->count, good->stride),
              std::tuple(9U, 1, 3, 1000));
    EXPECT_TRUE(decode_fragment(framed({9, 2, 3, 1000, {}}, 1)));
    EXPECT_TRUE(decode_fragment(framed({0, 0, 1, 1000, {}}, 20)));
    for (auto const& [part, size] : std::vector<std::pair<fragment, std::size_t>>{
             {{9, 3, 3, 1000, {}}, 1000},     // no such piece
             {{9, 0, 0, 1000, {}}, 1000},     // of nothing
             {{9, 1, 3, 1000, {}}, 999},      // not the last, and short
             {{9, 2, 3, 1000, {}}, 1001},     // longer than the stride
             {{9, 2, 3, 1000, {}}, 0},        // empty
             {{9, 0, 3, 100, {}}, 100},       // cut finer than any path needs
             {{9, 0, 9999, 1000, {}}, 1000},  // too many
             {{9, 65, 66, 1024, {}}, 1024}})  // ends beyond the longest message
        EXPECT_FALSE(decode_fragment(framed(part, size))) << part.index << ' ' << part.count;
    for (std::size_t size = 0; size < fragment_prefix; ++size)
        EXPECT_FALSE(decode_fragment(std::span(contents).first(size)));
}

TEST(xcf_gather, gives_each_byte_once) {
    std::string const a = "ab", b, c = "cdefg";
    std::array<std::span<std::byte const>, 3> const pieces{
        std::as_bytes(std::span(a)), std::as_bytes(std::span(b)), std::as_bytes(std::span(c))};
    EXPECT_EQ(total_size(pieces), 7U);
    gather rest(pieces);
    std::string taken;
    for (int i = 0; i < 4; ++i) {
        rest.take(3, [&](std::span<std::byte const> run) {
            for (auto byte : run)
                taken += static_cast<char>(byte);
        });
        taken += '|';
    }
    EXPECT_EQ(taken, "abc|def|g||");
}

}  // namespace
}  // namespace cf::test
