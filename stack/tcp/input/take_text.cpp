// Seventh: the segment's text.
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/data/holes.hpp"
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/output/output.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

bool receives(state value) {
    return value == state::established || value == state::fin_wait_1 || value == state::fin_wait_2;
}

// The part of the text between rcv_nxt and the edge of the window, and before the peer's FIN.
std::span<std::byte const> within_window(arrival const& a) {
    connection const& c = a.c;
    seq begin = a.seg.text_seq();
    auto text = a.seg.text;
    if (before(begin, c.rcv_nxt)) {
        auto const old = std::min<std::size_t>(text.size(), distance(begin, c.rcv_nxt));
        text = text.subspan(old);
        begin += static_cast<std::uint32_t>(old);
    }
    reorder_block const* const holes = holes_of(a.s, c);
    seq const edge = holes != nullptr ? holes->fin().value_or(c.rcv_adv) : c.rcv_adv;
    if (text.empty() || !before(begin, edge)) return {};
    return text.first(std::min<std::size_t>(text.size(), distance(begin, edge)));
}

// Each super-segment beyond a hole stands for several; the sender needs three to act.
void owe_duplicates(arrival const& a) {
    a.s.count(counter::segments_out_of_order, a.seg.wire_segments());
    unsigned const more = std::min(a.seg.wire_segments(), 3U);
    a.c.dup_acks_owed = static_cast<std::uint8_t>(std::min(a.c.dup_acks_owed + more, 255U));
}

void keep_for_later(arrival const& a, seq begin, std::span<std::byte const> text) {
    connection& c = a.c;
    owe_duplicates(a);
    if (a.s.memory_is_used_up()) return a.s.count(counter::drop_no_memory_for_holes);
    auto const length = static_cast<std::uint32_t>(text.size());
    if (!make_holes(a.s, c).insert(begin, begin + length))
        return a.s.count(counter::drop_no_memory_for_holes);
    c.receive.write_ahead(a.s.chunks, distance(c.rcv_nxt, begin), text);
}

void join_what_was_ahead(arrival const& a) {
    connection& c = a.c;
    reorder_block* const holes = holes_of(a.s, c);
    if (holes == nullptr) return;
    seq const reached = holes->advance(c.rcv_nxt);
    c.receive.extend(distance(c.rcv_nxt, reached));
    a.s.count(counter::bytes_in, distance(c.rcv_nxt, reached));
    c.rcv_nxt = reached;
    // RFC 5681 4.2: at once if the segment fills a hole or a part of one.
    c.ack_now = true;
    drop_empty_holes(a.s, c);
}

void take_in_order(arrival const& a, std::span<std::byte const> text) {
    connection& c = a.c;
    c.receive.write_ahead(a.s.chunks, 0, text);
    c.receive.extend(static_cast<std::uint32_t>(text.size()));
    c.rcv_nxt += static_cast<std::uint32_t>(text.size());
    a.s.count(counter::bytes_in, text.size());
    unsigned const owed = c.segments_owed + a.seg.wire_segments();
    c.segments_owed = static_cast<std::uint16_t>(std::min(owed, 0xffffU));
    join_what_was_ahead(a);
}

}  // namespace

void report_repeated(arrival const& a) {
    connection& c = a.c;
    seq const begin = a.seg.text_seq();
    seq const end = begin + static_cast<std::uint32_t>(a.seg.text.size());
    reorder_block const* const holes = holes_of(a.s, c);
    bool const held = holes != nullptr && holes->holds(begin, end);
    if (!c.sack || !before(begin, end) || (!before(begin, c.rcv_nxt) && !held)) return;
    make_holes(a.s, c).repeat(begin, held || before(end, c.rcv_nxt) ? end : c.rcv_nxt);
    c.ack_now = true;
}

verdict take_text(arrival const& a) {
    connection& c = a.c;
    if (a.seg.text.empty() || !receives(c.state)) return verdict::next_step();
    report_repeated(a);
    auto const text = within_window(a);
    if (text.empty()) {
        c.ack_now = true;
        return verdict::next_step();
    }
    if (!c.owned) {
        // RFC 9293 3.6.1 (SHLD-3): nobody will ever read it.
        reset_and_fail(a.s, a.index, {});
        return verdict::drop(counter::drop_after_close);
    }
    seq const begin = later(a.seg.text_seq(), c.rcv_nxt);
    if (begin == c.rcv_nxt)
        take_in_order(a, text);
    else
        keep_for_later(a, begin, text);
    return verdict::next_step();
}

}  // namespace stack::tcp
