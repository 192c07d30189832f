// The Internet checksum against a plain implementation, in any cutting.
#include "stack/wire/checksum.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/wire/pseudo_header.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace stack::wire {
namespace {

std::uint16_t plain(std::vector<std::byte> bytes) {
    if (bytes.size() % 2 != 0) bytes.push_back(std::byte{0});
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < bytes.size(); i += 2)
        sum += std::to_integer<std::uint64_t>(bytes[i]) << 8 |
               std::to_integer<std::uint64_t>(bytes[i + 1]);
    while (sum >> 16 != 0)
        sum = (sum & 0xffffU) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
}

TEST(checksum, the_example_of_rfc_1071_sums_as_printed_there) {
    std::vector<std::byte> const bytes{std::byte{0x00}, std::byte{0x01}, std::byte{0xf2},
                                       std::byte{0x03}, std::byte{0xf4}, std::byte{0xf5},
                                       std::byte{0xf6}, std::byte{0xf7}};
    checksum sum;
    sum.add(bytes);
    EXPECT_EQ(sum.folded(), 0xddf2);
}

TEST(checksum, any_cutting_of_the_bytes_gives_the_same_sum) {
    std::mt19937 random(20260101);
    for (int round = 0; round < 500; ++round) {
        SCOPED_TRACE(round);
        std::vector<std::byte> bytes(random() % 3000);
        for (auto& b : bytes)
            b = static_cast<std::byte>(random());
        checksum pieces;
        std::span<std::byte const> left(bytes);
        while (!left.empty()) {
            std::size_t const count = std::min<std::size_t>(left.size(), 1 + random() % 200);
            pieces.add(left.first(count));
            left = left.subspan(count);
        }
        ASSERT_EQ(pieces.value(), plain(bytes));
    }
}

TEST(checksum, bytes_of_all_ones_carry_right) {
    std::vector<std::byte> const bytes(4096, std::byte{0xff});
    checksum sum;
    sum.add(bytes);
    EXPECT_EQ(sum.value(), plain(bytes));
}

TEST(checksum, a_changed_word_adjusts_the_field) {
    std::mt19937 random(7);
    for (int round = 0; round < 1000; ++round) {
        std::vector<std::byte> bytes(20);
        for (auto& b : bytes)
            b = static_cast<std::byte>(random());
        std::uint16_t const before = plain(bytes);
        std::uint16_t const old_word = load_be16(bytes.data() + 8);
        auto const new_word = static_cast<std::uint16_t>(random());
        store_be16(bytes.data() + 8, new_word);
        ASSERT_EQ(adjusted_checksum(before, old_word, new_word), plain(bytes));
    }
}

TEST(pseudo_header, a_mapped_address_adds_what_its_four_bytes_add) {
    std::vector<std::byte> bytes(12);
    store_be32(bytes.data(), 0x0a010909);
    store_be32(bytes.data() + 4, 0xc0a80101);
    store_be16(bytes.data() + 8, 6);
    store_be16(bytes.data() + 10, 1234);
    auto const sum =
        pseudo_header(address::v4(0x0a010909), address::v4(0xc0a80101), protocol::tcp, 1234);
    EXPECT_EQ(sum.value(), plain(bytes));
}

}  // namespace
}  // namespace stack::wire
