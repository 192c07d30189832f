// The queue of bytes against a string.
#include "stack/packet/byte_queue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <utility>

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

// What a chunk is lent from in the tests: it lasts.
std::string const& lasting_text() {
    static std::string const text = [] {
        std::mt19937 random(7);
        std::string made(3 * chunk_pool::chunk_size, ' ');
        for (char& c : made)
            c = static_cast<char>('A' + random() % 26);
        return made;
    }();
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
        std::uint32_t front = 0xffff0000U + seed * 1000;  // of the stream; it wraps soon
        byte_queue::mark mark;
        for (int i = 0; i < 200; ++i) {
            std::string const text = random_text(random, 20'000);
            auto const bytes = std::as_bytes(std::span(text));
            switch (random() % 4) {
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
                case 2: {
                    std::size_t const at = random() % (2 * chunk_pool::chunk_size);
                    auto const lent = std::as_bytes(std::span(lasting_text()))
                                          .subspan(at)
                                          .first<chunk_pool::chunk_size>();
                    std::size_t const used = pool.used();
                    if (queue.append_borrowed(pool, lent))
                        oracle += lasting_text().substr(at, chunk_pool::chunk_size);
                    EXPECT_EQ(pool.used(), used);
                    break;
                }
                default: {
                    std::size_t const count =
                        std::min<std::size_t>(oracle.size(), random() % 40'000);
                    queue.drop(pool, static_cast<std::uint32_t>(count));
                    oracle.erase(0, count);
                    front += static_cast<std::uint32_t>(count);
                    if (oracle.empty()) mark = {};
                }
            }
            ASSERT_EQ(queue.size(), oracle.size());
            if (oracle.empty()) continue;
            std::size_t const at = random() % oracle.size();
            std::size_t const length = std::min<std::size_t>(oracle.size() - at, 60'000);
            ASSERT_EQ(text_of(queue.gather(pool, static_cast<std::uint32_t>(at),
                                           static_cast<std::uint32_t>(length))),
                      oracle.substr(at, length));
            // The same from a mark, wherever the last search has left it.
            ASSERT_EQ(text_of(queue.gather(pool, static_cast<std::uint32_t>(at),
                                           static_cast<std::uint32_t>(length), front, mark)),
                      oracle.substr(at, length));
        }
        queue.clear(pool);
        EXPECT_EQ(pool.used(), 0U);
    }
}

TEST(byte_queue, borrows_whole_chunks_at_the_end_of_one) {
    chunk_pool pool;
    byte_queue queue;
    auto const lent = std::as_bytes(std::span(lasting_text())).first<chunk_pool::chunk_size>();
    EXPECT_TRUE(queue.append_borrowed(pool, lent));
    EXPECT_TRUE(queue.append_borrowed(pool, lent));
    auto const pieces = queue.gather(pool, 1, 2 * chunk_pool::chunk_size - 2);
    ASSERT_EQ(pieces.size(), 2U);
    EXPECT_EQ(pieces.begin()->data(), lent.data() + 1) << "copied";
    queue.room(pool)[0] = std::byte{'x'};
    queue.extend(1);
    EXPECT_FALSE(queue.append_borrowed(pool, lent)) << "in the middle of a chunk";
    EXPECT_EQ(queue.size(), 2 * chunk_pool::chunk_size + 1);
    EXPECT_EQ(pool.used(), 1U);
    queue.clear(pool);
    // Its place is taken again for other memory.
    std::uint32_t const again = pool.borrow(lent);
    EXPECT_LT(again, 2U);
    EXPECT_EQ(std::as_const(pool).bytes(again).data(), lent.data());
    pool.release(again);
    EXPECT_EQ(pool.used(), 0U);
}

}  // namespace stack
