#include "state_table_model.hpp"

#include <algorithm>

namespace tcp_test {

namespace {

using stack::tcp::state;

outcome silence(view const& v) {
    return {v.at, ""};
}

outcome acknowledge(view const& v, state next) {
    return {next, "A", v.snd_nxt, v.rcv_nxt};
}

// 3.5.2, group 1 and 2: numbers that the sender of `p` must accept.
outcome reset(view const& v, probe const& p) {
    if (p.has('R')) return silence(v);
    if (p.has('A')) return {v.at, "R", p.ack, 0};
    return {v.at, "RA", 0, p.seq + p.length()};
}

// 3.10.7.2
outcome in_listen(view const& v, probe const& p) {
    if (p.has('R')) return silence(v);
    if (p.has('A')) return reset(v, p);
    if (p.has('S')) return {state::syn_received, "SA", 0, p.seq + 1};
    return silence(v);
}

// 3.10.7.3
outcome in_syn_sent(view const& v, probe const& p) {
    bool const acceptable = p.ack > v.snd_una && p.ack <= v.snd_nxt;
    if (p.has('A') && !acceptable) {
        outcome o = reset(v, p);
        // Beyond the RFC: the SYN that this ACK swallowed goes again at once.
        o.syn_again = !p.has('R');
        return o;
    }
    if (p.has('R')) return {p.has('A') ? state::closed : v.at, ""};
    if (!p.has('S')) return silence(v);
    if (!p.has('A')) return {state::syn_received, "SA", 0, p.seq + 1};
    if (p.has('F')) return {state::close_wait, "A", v.snd_nxt, p.seq + 2};
    return {state::established, "A", v.snd_nxt, p.seq + 1};
}

// 3.4, the four cases of table 6.
bool acceptable(view const& v, probe const& p) {
    auto const inside = [&](std::int64_t seq) {
        return seq >= v.rcv_nxt && seq < v.rcv_nxt + v.rcv_wnd;
    };
    if (p.length() == 0) return v.rcv_wnd == 0 ? p.seq == v.rcv_nxt : inside(p.seq);
    return v.rcv_wnd > 0 && (inside(p.seq) || inside(p.seq + p.length() - 1));
}

// MUST-66: with a window of zero, acknowledgements still count. And so does that of a peer that has
// filled the window, though it stands one past it.
bool only_acknowledgement_counts(view const& v, probe const& p) {
    if (p.has('R') || p.has('S')) return false;
    if (v.rcv_wnd == 0) return p.seq == v.rcv_nxt;
    bool const at_edge = p.length() == 0 && p.seq == v.rcv_nxt + v.rcv_wnd;
    return at_edge && !(v.at == state::syn_received && v.passive);
}

bool receives(state s) {
    return s == state::established || s == state::fin_wait_1 || s == state::fin_wait_2;
}

// Seventh and eighth.
outcome take_text_and_fin(view v, probe const& p, bool answered) {
    if (!receives(v.at)) return answered ? acknowledge(v, v.at) : silence(v);
    std::int64_t const edge = v.rcv_nxt + v.rcv_wnd;
    std::int64_t const end = p.seq + p.text;
    if (p.text > 0) {
        answered = true;
        if (p.seq <= v.rcv_nxt) v.rcv_nxt = std::max(v.rcv_nxt, std::min(end, edge));
    }
    // A FIN needs no buffer, so that one directly at the edge counts.
    if (p.has('F') && end >= v.rcv_nxt && end <= edge) {
        answered = true;
        if (end == v.rcv_nxt) {
            ++v.rcv_nxt;
            v.at = v.at == state::established  ? state::close_wait
                   : v.at == state::fin_wait_1 ? state::closing
                                               : state::time_wait;
        }
    }
    return answered ? acknowledge(v, v.at) : silence(v);
}

// Fifth.
outcome take_acknowledgement(view v, probe const& p, bool answered) {
    if (!p.has('A')) return answered ? acknowledge(v, v.at) : silence(v);
    if (v.at == state::syn_received) {
        if (p.ack <= v.snd_una || p.ack > v.snd_nxt) return reset(v, p);
        v.at = state::established;
    }
    // RFC 5961 5.2
    if (p.ack < v.snd_una - v.max_snd_wnd || p.ack > v.snd_nxt) return acknowledge(v, v.at);
    if (v.fin_sent && p.ack == v.snd_nxt) {
        if (v.at == state::closing) return {state::time_wait, ""};
        if (v.at == state::last_ack) return {state::closed, ""};
        if (v.at == state::fin_wait_1) v.at = state::fin_wait_2;
    }
    return take_text_and_fin(v, p, answered);
}

// TIME-WAIT without a listener. Stricter than the RFC: only the exact reset counts (RFC 1337), and
// nothing without a length is answered, since it could be an answer itself.
outcome in_time_wait(view const& v, probe const& p) {
    if (p.has('R')) return {p.seq == v.rcv_nxt ? state::closed : v.at, ""};
    return p.length() == 0 ? silence(v) : acknowledge(v, v.at);
}

// 3.10.7.4
outcome in_others(view const& v, probe const& p) {
    bool const half_open = v.at == state::syn_received && v.passive;
    // Beyond the RFC: a SYN that comes again is answered as before.
    if (half_open && p.flags == "S" && p.seq == v.rcv_nxt - 1) return {v.at, "SA", 0, v.rcv_nxt};
    bool answered = false;
    if (!acceptable(v, p)) {
        if (p.has('R')) return silence(v);
        if (!only_acknowledgement_counts(v, p)) return acknowledge(v, v.at);
        answered = p.length() > 0;
    }
    if (p.has('R')) {
        // RFC 5961 3.2
        if (p.seq == v.rcv_nxt) return {state::closed, ""};
        return acknowledge(v, v.at);
    }
    if (p.has('S')) {
        if (half_open) return {state::closed, ""};  // back to LISTEN
        return acknowledge(v, v.at);                // RFC 5961 4.2
    }
    return take_acknowledgement(v, p, answered);
}

}  // namespace

outcome expected(view const& v, probe const& p) {
    switch (v.at) {
        case state::closed:
            return reset(v, p);
        case state::listen:
            return in_listen(v, p);
        case state::syn_sent:
            return in_syn_sent(v, p);
        case state::time_wait:
            return in_time_wait(v, p);
        default:
            return in_others(v, p);
    }
}

}  // namespace tcp_test
