// Text that is sent from where it lies.
#include "fixture.hpp"
#include "stack/packet/chunk_pool.hpp"

namespace tcp_test {

constexpr std::uint32_t chunk = stack::chunk_pool::chunk_size;

class lending : public tcp_fixture {
  protected:
    lending() : text_(chunk, ' ') {
        for (std::size_t i = 0; i < text_.size(); ++i)
            text_[i] = static_cast<char>('a' + i % 23);
    }
    bool lend(connection_id id) {
        bool const taken = tcp->lend(id, std::as_bytes(std::span(text_)).first<chunk>(), now);
        tcp->advance(now);
        return taken;
    }
    // The text of all segments sent from `seq` on, each where the last one ends.
    std::string sent_from(std::uint32_t seq) {
        std::string all;
        for (sent const& s : sent_) {
            EXPECT_EQ(s.seq, seq + all.size());
            all += s.text;
        }
        forget();
        return all;
    }
    extras const wide{.window = 60'000,
                      .gso_size = 0,
                      .options = {.mss = 1000,
                                  .window_scale = {},
                                  .sack_permitted = false,
                                  .timestamps = {},
                                  .sacks = {}}};

    std::string text_;
};

TEST_F(lending, lent_text_is_sent_and_sent_again_and_so_is_what_follows_it) {
    connection_id const id = established(wide);
    ASSERT_TRUE(lend(id));
    write(id, "and more");
    EXPECT_FALSE(lend(id)) << "the buffer ends within a chunk";
    // Ten segments of 1000 bytes are the initial window (RFC 6928).
    EXPECT_EQ(sent_from(1), text_.substr(0, 10'000));
    send("A", 1, 10'001, {}, {.window = 60'000, .gso_size = 0, .options = {}});
    // Nagle: the last, small segment goes too, since no other small one is on its way.
    EXPECT_EQ(sent_from(10'001), text_.substr(10'000) + "and more");
    wait(1s);
    ASSERT_FALSE(sent_.empty());
    EXPECT_EQ(sent_.back().text,
              (text_ + "and more").substr(sent_.back().seq - 1, sent_.back().text.size()));
    forget();
    send("A", 1, 1 + chunk + 8, {}, {.window = 60'000, .gso_size = 0, .options = {}});
    recv_nothing();
    told();
}

TEST_F(lending, a_full_buffer_takes_nothing) {
    settings.send_buffer = settings.max_send_buffer = chunk;
    tcp->configure(settings);
    connection_id const id = established(wide);
    ASSERT_TRUE(lend(id));
    EXPECT_FALSE(lend(id));
    EXPECT_TRUE(tcp->writable(id).empty());
    forget();
    send("A", 1, 10'001, {}, {.window = 60'000, .gso_size = 0, .options = {}});
    EXPECT_EQ(told(), "writable");
    EXPECT_TRUE(lend(id));
    forget();
}

TEST_F(lending, nothing_is_taken_after_the_end) {
    connection_id const id = established(wide);
    shut(id);
    EXPECT_FALSE(lend(id));
    forget();
}

}  // namespace tcp_test
