// Several listeners on one endpoint: who gets a connection, and what becomes of it when he goes.
#include "fixture.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace tcp_test {

class shared_port : public tcp_fixture {
  protected:
    listener_id join(std::uint16_t backlog, connection_options const& options = {}) {
        return join(local, backlog, options);
    }
    listener_id join(stack::bound_name const& name, std::uint16_t backlog,
                     connection_options const& options = {}) {
        auto const made = tcp->listen(name, backlog, ++last_tag_, options, endpoint_use::shared);
        EXPECT_TRUE(made);
        return *made;
    }
    /// A client's SYN; the tag of the listener that has it then, 0 if none.
    std::uint32_t syn(std::uint16_t client, extras const& more = {}) {
        remote.port = client;
        send("S", 0, 0, {}, more);
        forget();
        iss_of_[client] = iss;
        return tag_of(client);
    }
    void ack(std::uint16_t client, extras const& more = {}) {
        remote.port = client;
        iss = iss_of_[client];
        send("A", 1, 1, {}, more);
    }
    std::uint32_t connect(std::uint16_t client) {
        syn(client);
        ack(client);
        told();
        return tag_of(client);
    }
    std::uint32_t tag_of(std::uint16_t client) const {
        std::uint32_t tag = 0;
        tcp->each([&](entry const& e) {
            if (e.state != state::listen && e.tuple.remote.port == client) tag = e.tag;
        });
        return tag;
    }
    std::size_t accept_all(listener_id id) {
        std::size_t count = 0;
        while (auto const taken = tcp->accept(id)) {
            ++count;
            tcp->abort(*taken, now);
        }
        forget();
        return count;
    }

    std::uint32_t last_tag_ = 0;
    std::map<std::uint16_t, std::uint32_t> iss_of_;
};

TEST_F(shared_port, is_taken_for_who_does_not_share_it) {
    join(4);
    EXPECT_FALSE(tcp->listen(local, 4, 9));
    join(4);
    EXPECT_EQ(tcp->occupied().listeners, 2U);
}

TEST_F(shared_port, gives_connections_by_turns_to_listeners_that_keep_up) {
    std::vector<listener_id> const all{join(4), join(8), join(2)};
    std::map<std::uint32_t, int> connections;
    for (std::uint16_t client = 1; client <= 30; ++client) {
        ++connections[connect(client)];
        for (auto const id : all)
            accept_all(id);
    }
    EXPECT_EQ(connections, (std::map<std::uint32_t, int>{{1, 10}, {2, 10}, {3, 10}}));
}

TEST_F(shared_port, fills_all_backlogs_alike) {
    join(2);
    join(8);
    std::map<std::uint32_t, int> connections;
    for (std::uint16_t client = 1; client <= 10; ++client)
        ++connections[connect(client)];
    EXPECT_EQ(connections, (std::map<std::uint32_t, int>{{1, 2}, {2, 8}}));
    EXPECT_EQ(tcp->backlog_room(local), 0);
    EXPECT_EQ(syn(11), 0U);
}

TEST_F(shared_port, counts_connections_half_open_as_well) {
    join(4);
    join(4);
    EXPECT_EQ(syn(1), 1U);
    EXPECT_EQ(syn(2), 2U);
    EXPECT_EQ(syn(3), 1U);
    ack(2);
    EXPECT_EQ(told(), "acceptable");
    EXPECT_EQ(syn(4), 2U);
}

TEST_F(shared_port, has_the_room_of_all_its_listeners) {
    auto const first = join(1);
    join(3);
    EXPECT_EQ(tcp->backlog_room(local), 100);
    connect(1);
    EXPECT_EQ(tcp->backlog_room(local), 75);
    EXPECT_EQ(accept_all(first), 1U);
    EXPECT_EQ(tcp->backlog_room(local), 100);
}

TEST_F(shared_port, of_any_address_has_listeners_of_one_family_and_of_both) {
    stack::endpoint const any{address(), local.port};
    join(stack::bound_name(any, true), 8);
    EXPECT_FALSE(tcp->listens(local));
    join(any, 8);
    join(stack::bound_name(any, true), 8);
    for (std::uint16_t client = 1; client <= 5; ++client)
        EXPECT_EQ(syn(client), 2U);
    EXPECT_EQ(tcp->broken_invariant(), std::nullopt);
}

TEST_F(shared_port, keeps_the_connections_of_a_listener_that_goes) {
    auto const first = join(4);
    auto const second = join(4);
    connect(1);
    connect(2);
    EXPECT_EQ(syn(3), 1U);
    tcp->close(first, now);
    EXPECT_EQ(told(), "acceptable");
    EXPECT_EQ(tag_of(1), 2U);
    EXPECT_EQ(tag_of(3), 2U);
    ack(3);
    EXPECT_EQ(told(), "acceptable");
    EXPECT_EQ(accept_all(second), 3U);
    EXPECT_EQ(alive, 0);
}

TEST_F(shared_port, resets_what_the_remaining_listeners_have_no_room_for) {
    auto const first = join(2);
    auto const second = join(2);
    for (std::uint16_t client = 1; client <= 3; ++client)
        connect(client);
    EXPECT_EQ(tag_of(3), 1U);
    tcp->close(first, now);
    EXPECT_EQ(told(), "acceptable");
    EXPECT_EQ(sent_.size(), 1U) << "a reset";
    forget();
    EXPECT_EQ(accept_all(second), 2U);
}

TEST_F(shared_port, whose_last_listener_goes_resets_its_backlog) {
    auto const first = join(2);
    auto const second = join(2);
    connect(1);
    syn(2);
    tcp->close(first, now);
    told();
    tcp->close(second, now);
    EXPECT_EQ(sent_.size(), 2U);
    forget();
    EXPECT_EQ(alive, 0);
    EXPECT_FALSE(tcp->listens(local));
}

TEST_F(shared_port, opens_a_connection_from_a_cookie_with_any_of_its_listeners) {
    settings.receive_buffer = settings.max_receive_buffer = 1 << 20;
    tcp->configure(settings);
    // Buffers of their own, which differ: the window scale of the SYN,ACK must still hold.
    auto const first = join(1, {.receive_buffer = 1U << 20});
    auto const second = join(1, {.receive_buffer = 4096});
    syn(1);
    syn(2);
    extras more;
    more.options.window_scale = 7;
    more.options.timestamps = {1000, 0};
    remote.port = 3;
    send("S", 0, 0, {}, more);
    sent const answer = recv("SA", 0, 1);
    EXPECT_EQ(tag_of(3), 0U) << "a cookie";
    EXPECT_EQ(answer.window, 65535);
    tcp->close(first, now);
    forget();
    more.options.timestamps = {1001, answer.options.timestamps->value};
    send("A", 1, 1, {}, more);
    EXPECT_EQ(told(), "acceptable");
    EXPECT_EQ(tag_of(3), 2U);
    auto const id = tcp->accept(second);
    ASSERT_TRUE(id);
    EXPECT_EQ(tcp->report(*id, now)->rcv_wscale, *answer.options.window_scale);
    tcp->advance(now);
    forget();
}

/// Listeners and clients that come and go at random.
class crowd : public shared_port {
  protected:
    struct place {
        listener_id id;
        std::uint16_t backlog = 0;
        std::size_t half_open = 0;
        std::size_t waiting = 0;

        bool full() const { return waiting >= backlog; }
        double load() const { return static_cast<double>(half_open + waiting) / backlog; }
    };

    std::uint64_t random(std::uint64_t below) {
        seed_ = seed_ * 6364136223846793005 + 1442695040888963407;
        return (seed_ >> 33) % below;
    }
    /// What each listener has now, by its tag.
    std::map<std::uint32_t, place> places() const {
        auto now_there = listeners_;
        tcp->each([&](entry const& e) {
            auto const at = now_there.find(e.tag);
            if (e.state == state::listen || at == now_there.end()) return;
            ++(e.state == state::syn_received ? at->second.half_open : at->second.waiting);
        });
        return now_there;
    }
    void come() {
        auto const backlog = static_cast<std::uint16_t>(1 + random(6));
        auto const id = join(backlog);
        listeners_[last_tag_] = {id, backlog};
    }
    void go() {
        if (listeners_.empty()) return;
        auto at = listeners_.begin();
        std::advance(at, random(listeners_.size()));
        tcp->close(at->second.id, now);
        listeners_.erase(at);
    }
    /// The listener of a new connection was one of the least loaded.
    void open() {
        auto const before = places();
        auto const tag = syn(static_cast<std::uint16_t>(++clients_));
        if (tag == 0) {
            EXPECT_TRUE(std::ranges::all_of(before, [](auto const& l) { return l.second.full(); }));
            return;
        }
        ASSERT_TRUE(before.contains(tag));
        auto const& chosen = before.at(tag);
        EXPECT_FALSE(chosen.full());
        for (auto const& [other, there] : before) {
            if (there.full()) continue;
            EXPECT_LE(chosen.load(), there.load()) << tag << " or " << other;
        }
    }
    void go_on() {
        if (clients_ == 0) return;
        auto const client = static_cast<std::uint16_t>(1 + random(clients_));
        remote.port = client;
        iss = iss_of_[client];
        send(random(8) == 0 ? "R" : "A", 1, 1);
    }
    void take() {
        if (listeners_.empty()) return;
        auto at = listeners_.begin();
        std::advance(at, random(listeners_.size()));
        if (auto const taken = tcp->accept(at->second.id)) tcp->abort(*taken, now);
    }
    void step() {
        switch (random(10)) {
            case 0:
                return random(2) == 0 || listeners_.size() > 8 ? go() : come();
            case 1:
            case 2:
                return take();
            case 3:
                return wait(500ms);
            case 4:
            case 5:
            case 6:
                return open();
            default:
                return go_on();
        }
    }

    std::map<std::uint32_t, place> listeners_;
    std::size_t clients_ = 0;
    std::uint64_t seed_ = 0;
};

TEST_F(crowd, always_finds_the_least_loaded_listener_and_loses_no_connection) {
    settings.half_opens = 1000;
    unseen = false;  // cookies belong to no listener
    tcp->configure(settings);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        seed_ = seed;
        for (int i = 0; i < 500 && !HasFailure(); ++i) {
            step();
            forget();
            told();
            ASSERT_EQ(tcp->broken_invariant().value_or(""), "") << "seed " << seed;
            for (auto const& [tag, there] : places()) {
                EXPECT_LE(there.half_open, there.backlog) << "seed " << seed;
                EXPECT_LE(there.waiting, there.backlog) << "seed " << seed;
            }
            std::size_t in_backlogs = 0;
            for (auto const& each : places())
                in_backlogs += each.second.half_open + each.second.waiting;
            EXPECT_EQ(static_cast<std::size_t>(alive), in_backlogs) << "seed " << seed;
        }
        while (!listeners_.empty())
            go();
        forget();
        told();
        EXPECT_EQ(alive, 0);
        EXPECT_EQ(tcp->occupied().half_open, 0U);
        iss_of_.clear();
        clients_ = 0;
    }
}

}  // namespace tcp_test
