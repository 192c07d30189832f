// Every state against every kind of segment: flags by position of its number by acknowledgement.
#include "fixture.hpp"
#include "state_table_model.hpp"

#include <ostream>
#include <set>

namespace tcp_test {

void PrintTo(outcome const& o, std::ostream* out) {
    *out << to_string(o.next) << ", ";
    if (o.reply.empty())
        *out << "no answer";
    else
        *out << o.reply << " seq " << o.seq << " ack " << o.ack << (o.syn_again ? ", SYN" : "");
}

namespace {

// A connection brought into a state, once for each segment that is tried on it.
class bed : public tcp_fixture {
  public:
    outcome meets(probe const& p, bool listening) {
        send(p.flags, static_cast<std::uint32_t>(p.seq), static_cast<std::uint32_t>(p.ack),
             std::string(static_cast<std::size_t>(p.text), 'x'));
        outcome o{listening ? state::listen : state::closed, ""};
        tcp->each([&](entry const& e) {
            if (e.tuple == four_tuple_of()) o.next = e.state;
        });
        if (sent_.empty()) return o;
        sent const s = sent_.front();
        sent_.pop_front();
        o.reply = s.flags;
        o.seq = static_cast<std::int32_t>(s.seq);
        o.ack = static_cast<std::int32_t>(s.ack);
        if (!sent_.empty() && sent_.front().flags == "S") {
            o.syn_again = true;
            sent_.pop_front();
        }
        recv_nothing();
        EXPECT_EQ(tcp->broken_invariant().value_or(""), "");
        return o;
    }

    view closed() { return {}; }
    view listen() {
        listening();
        return {.at = state::listen};
    }
    view in_syn_sent() {
        syn_sent();
        return {.at = state::syn_sent, .snd_nxt = 1};
    }
    view syn_received_passive() {
        listening();
        send("S", 0, 0);
        recv("SA", 0, 1);
        return in_handshake(state::syn_received, true);
    }
    view syn_received_active() {
        syn_sent();
        send("S", 0, 0);
        recv("SA", 0, 1);
        return in_handshake(state::syn_received, false);
    }
    // 500 bytes acknowledged, 500 in flight.
    view in_established() {
        id_ = established();
        for (int i = 0; i < 2; ++i) {
            write(id_, std::string(500, 'x'));
            forget();
            if (i == 0) send("A", 1, 501);
        }
        return {state::established, false, false, 501, 1001, 8192, 1, 60000};
    }
    view in_fin_wait_1() { return our_fin(in_established(), state::fin_wait_1); }
    view in_fin_wait_2() {
        view v = in_fin_wait_1();
        send("A", 1, static_cast<std::uint32_t>(v.snd_nxt));
        v.snd_una = v.snd_nxt;
        v.at = state::fin_wait_2;
        return v;
    }
    view in_close_wait() { return their_fin(in_established(), state::close_wait); }
    view in_closing() { return their_fin(in_fin_wait_1(), state::closing); }
    view in_last_ack() { return our_fin(in_close_wait(), state::last_ack); }
    view in_time_wait() { return their_fin(in_fin_wait_2(), state::time_wait); }

    // The window is closed: 2000 bytes are unread.
    view full(view (bed::*prepare)()) {
        settings.receive_buffer = 2000;
        tcp->configure(settings);
        view v = (this->*prepare)();
        for (std::uint32_t at : {1U, 1001U})
            send("A", at, static_cast<std::uint32_t>(v.snd_una), std::string(1000, 'x'));
        forget();
        v.rcv_nxt = 2001;
        v.rcv_wnd = 0;
        return v;
    }
    view established_full() { return full(&bed::in_established); }
    view fin_wait_1_full() { return full(&bed::in_fin_wait_1); }
    view fin_wait_2_full() { return full(&bed::in_fin_wait_2); }

  private:
    void TestBody() override {}
    stack::four_tuple four_tuple_of() const { return {local, remote}; }
    static view in_handshake(state at, bool passive) {
        return {at, passive, false, 0, 1, 8192, 1, 60000};
    }
    view our_fin(view v, state next) {
        shut(id_);
        forget();
        v.fin_sent = true;
        ++v.snd_nxt;
        v.at = next;
        return v;
    }
    view their_fin(view v, state next) {
        send("FA", static_cast<std::uint32_t>(v.rcv_nxt), static_cast<std::uint32_t>(v.snd_una));
        forget();
        ++v.rcv_nxt;
        --v.rcv_wnd;
        v.at = next;
        return v;
    }

    connection_id id_;
};

std::vector<probe> shapes() {
    std::vector<probe> all;
    for (char const* flags : {"", "A", "S", "SA", "R", "RA", "F", "FA", "SFA"})
        all.push_back({flags});
    for (char const* flags : {"A", "FA", "RA"})
        all.push_back({.flags = flags, .text = 10});
    return all;
}

std::set<std::int64_t> sequences(view const& v) {
    std::int64_t const edge = v.rcv_nxt + v.rcv_wnd;
    return {v.rcv_nxt - 100'000,
            v.rcv_nxt - 10,
            v.rcv_nxt - 5,
            v.rcv_nxt - 1,
            v.rcv_nxt,
            v.rcv_nxt + 1,
            edge - 10,
            edge - 5,
            edge - 1,
            edge,
            edge + 1,
            edge + 100'000};
}

std::set<std::int64_t> acknowledgements(view const& v) {
    return {v.snd_una - 100'000,
            v.snd_una - v.max_snd_wnd - 1,
            v.snd_una - v.max_snd_wnd,
            v.snd_una - 1,
            v.snd_una,
            v.snd_una + 250,
            v.snd_nxt - 1,
            v.snd_nxt,
            v.snd_nxt + 1,
            v.snd_nxt + 100'000};
}

void try_all(view (bed::*prepare)()) {
    view const v = (bed().*prepare)();
    for (probe p : shapes())
        for (std::int64_t const seq : sequences(v))
            for (std::int64_t const ack : acknowledgements(v)) {
                p.seq = seq;
                p.ack = p.has('A') ? ack : 0;
                bed b;
                (b.*prepare)();
                outcome const seen = b.meets(p, v.at == state::listen);
                EXPECT_EQ(seen, expected(v, p)) << "flags \"" << p.flags << "\" seq " << p.seq
                                                << " ack " << p.ack << " text " << p.text;
                // One failure of a state says enough.
                if (testing::Test::HasFailure()) return;
            }
}

// rfc: 9293-3.10.7.1
TEST(state_table, closed) {
    try_all(&bed::closed);
}
// rfc: 9293-3.10.7.2
TEST(state_table, listen) {
    try_all(&bed::listen);
}
// rfc: 9293-3.10.7.3 5961-3.2
TEST(state_table, syn_sent) {
    try_all(&bed::in_syn_sent);
}
// rfc: 9293-3.10.7.4 5961-3.2
TEST(state_table, syn_received_passive) {
    try_all(&bed::syn_received_passive);
}
// rfc: 9293-3.10.7.4 5961-3.2
TEST(state_table, syn_received_active) {
    try_all(&bed::syn_received_active);
}
// rfc: 9293-3.10.7.4 5961-3.2 5961-4.2 5961-5.2
TEST(state_table, established) {
    try_all(&bed::in_established);
}
// rfc: 9293-3.10.7.4 9293-3.8.6
TEST(state_table, established_zero_window) {
    try_all(&bed::established_full);
}
// rfc: 9293-3.10.7.4 5961-3.2 5961-4.2 5961-5.2
TEST(state_table, fin_wait_1) {
    try_all(&bed::in_fin_wait_1);
}
// rfc: 9293-3.10.7.4 9293-3.8.6
TEST(state_table, fin_wait_1_zero_window) {
    try_all(&bed::fin_wait_1_full);
}
// rfc: 9293-3.10.7.4 5961-3.2 5961-4.2 5961-5.2
TEST(state_table, fin_wait_2) {
    try_all(&bed::in_fin_wait_2);
}
// rfc: 9293-3.10.7.4 9293-3.8.6
TEST(state_table, fin_wait_2_zero_window) {
    try_all(&bed::fin_wait_2_full);
}
// rfc: 9293-3.10.7.4 5961-3.2 5961-4.2 5961-5.2
TEST(state_table, close_wait) {
    try_all(&bed::in_close_wait);
}
// rfc: 9293-3.10.7.4 5961-3.2 5961-4.2 5961-5.2
TEST(state_table, closing) {
    try_all(&bed::in_closing);
}
// rfc: 9293-3.10.7.4 5961-3.2 5961-4.2 5961-5.2
TEST(state_table, last_ack) {
    try_all(&bed::in_last_ack);
}
// rfc: 9293-3.10.7.4 1337-3
TEST(state_table, time_wait) {
    try_all(&bed::in_time_wait);
}

}  // namespace

}  // namespace tcp_test
