// SipHash-2-4 against the vectors of its authors.
#include "stack/core/siphash.hpp"

#include <gtest/gtest.h>

#include <array>

namespace stack {

TEST(siphash, gives_the_values_of_the_reference) {
    siphash_key const key{0x0706050403020100, 0x0f0e0d0c0b0a0908};
    std::array<std::byte, 15> message;
    for (std::size_t i = 0; i < message.size(); ++i)
        message[i] = static_cast<std::byte>(i);
    auto const of_first = [&](std::size_t count) {
        return siphash(key, std::span(message).first(count));
    };
    EXPECT_EQ(of_first(0), 0x726fdb47dd0e0e31U);
    EXPECT_EQ(of_first(1), 0x74f839c593dc67fdU);
    EXPECT_EQ(of_first(8), 0x93f5f5799a932462U);
    EXPECT_EQ(of_first(15), 0xa129ca6149be45e5U);
}

}  // namespace stack
