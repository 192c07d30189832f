// The queue of bytes against a string.
#include "stack/packet/byte_queue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <string>

namespace stack {

namespace {

std::string text_of(fragments const& pieces) {
    std::string text;
    for (auto const piece : pieces)
        for (std::byte const b : piece)
            text += static_cast<char>(b);
    return text;
}

std::string random_text(std::mt19937& random, std::size_t most) {
    std::string text(1 + random() % most, ' ');
    for (char& c : text)
        c = static_cast<char>('a' + random() % 26);
    return text;
}

}  // namespace

TEST(byte_queue, agrees_with_a_string_under_random_operations) {
    for (unsigned seed = 1; seed <= 30; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        std::mt19937 random(seed);
        chunk_pool pool;
        byte_queue queue;
        std::string oracle;
        for (int i = 0; i < 200; ++i) {
            std::string const text = random_text(random, 20'000);
            auto const bytes = std::as_bytes(std::span(text));
            switch (random() % 3) {
                case 0: {
                    auto const room = queue.room(pool);
                    auto const count = std::min(room.size(), bytes.size());
                    std::memcpy(room.data(), bytes.data(), count);
                    queue.extend(static_cast<std::uint32_t>(count));
                    oracle += text.substr(0, count);
                    break;
                }
                case 1: {
                    // The second half arrives first.
                    std::size_t const half = bytes.size() / 2;
                    queue.write_ahead(pool, static_cast<std::uint32_t>(half), bytes.subspan(half));
                    queue.write_ahead(pool, 0, bytes.first(half));
                    queue.extend(static_cast<std::uint32_t>(bytes.size()));
                    oracle += text;
                    break;
                }
                default: {
                    std::size_t const count =
                        std::min<std::size_t>(oracle.size(), random() % 40'000);
                    queue.drop(pool, static_cast<std::uint32_t>(count));
                    oracle.erase(0, count);
                }
            }
            ASSERT_EQ(queue.size(), oracle.size());
            if (oracle.empty()) continue;
            std::size_t const at = random() % oracle.size();
            std::size_t const length = std::min<std::size_t>(oracle.size() - at, 60'000);
            ASSERT_EQ(text_of(queue.gather(pool, static_cast<std::uint32_t>(at),
                                           static_cast<std::uint32_t>(length))),
                      oracle.substr(at, length));
        }
        queue.clear(pool);
        EXPECT_EQ(pool.used(), 0U);
    }
}

}  // namespace stack
