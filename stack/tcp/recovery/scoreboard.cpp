#include "stack/tcp/recovery/scoreboard.hpp"

#include "stack/tcp/limits.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

using fate = sent_range::fate;

/// Whether `next`, which begins where `r` ends, can be told apart from it. Those in flight may be
/// split again, which is done at whole segments.
bool alike(sent_range const& r, sent_range const& next, std::uint32_t mss) {
    if (r.is != next.is) return false;
    if (r.is == fate::sacked) return true;
    if (r.resent != next.resent || r.path_probe || next.path_probe) return false;
    return r.is == fate::lost || (r.sent == next.sent && r.length() % mss == 0);
}

}  // namespace

void scoreboard::add_to(fate which, std::uint32_t length) {
    if (which == fate::sacked) sacked_ += length;
    if (which == fate::lost) lost_ += length;
}

void scoreboard::take_from(fate which, std::uint32_t length) {
    if (which == fate::sacked) sacked_ -= length;
    if (which == fate::lost) lost_ -= length;
}

void scoreboard::remove(sent_ranges& all, std::uint32_t index) {
    list_.erase(all, index);
    all.erase(index);
}

void scoreboard::sent(sent_ranges& all, seq begin, seq end, instant now, std::uint32_t mss) {
    if (!list_.empty()) {
        sent_range& last = all[list_.back()];
        bool const same = last.is == fate::in_flight && !last.resent && !last.path_probe &&
                          last.sent == now && last.length() % mss == 0;
        bool const full = last.is == fate::in_flight && list_.size() >= limits::max_sent_ranges;
        if (same || full) {
            last.end = end;
            last.sent = now;
            return;
        }
    }
    append(all, begin, end, now);
}

void scoreboard::sent_path_probe(sent_ranges& all, seq begin, seq end, instant now) {
    append(all, begin, end, now).path_probe = true;
}

sent_range& scoreboard::append(sent_ranges& all, seq begin, seq end, instant now) {
    std::uint32_t const index = all.emplace();
    sent_range& r = all[index];
    r.begin = begin;
    r.end = end;
    r.sent = now;
    list_.push_back(all, index);
    return r;
}

void scoreboard::arrive(sent_ranges& all, std::uint32_t index, delivery& d) {
    sent_range const& r = all[index];
    if (r.is == fate::sacked) return;
    // RFC 8985 6.2 step 3
    if (fack_known_ && !r.resent && before(r.end, fack_)) d.reordered = true;
    d.add(r);
    fack_ = fack_known_ ? later(fack_, r.end) : r.end;
    fack_known_ = true;
}

void scoreboard::acknowledge(sent_ranges& all, seq una, delivery& d) {
    while (!list_.empty()) {
        std::uint32_t const first = list_.front();
        sent_range& r = all[first];
        if (!before(r.begin, una)) return;
        seq const rest = r.end;
        r.end = before(una, rest) ? una : rest;
        take_from(r.is, r.length());
        arrive(all, first, d);
        if (r.end == rest) {
            remove(all, first);
            continue;
        }
        r.begin = una;
        r.end = rest;
        return;
    }
}

/// [at, end) becomes a range of its own.
bool scoreboard::split(sent_ranges& all, std::uint32_t index, seq at) {
    if (list_.size() >= limits::max_sent_ranges) return false;
    std::uint32_t const rest = all.emplace();
    sent_range& r = all[index];
    all[rest] = r;
    all[rest].begin = at;
    r.end = at;
    list_.insert_after(all, index, rest);
    return true;
}

/// One range of `index` and its neighbours, where nothing tells them apart.
std::uint32_t scoreboard::join_neighbours(sent_ranges& all, std::uint32_t index,
                                          std::uint32_t mss) {
    std::uint32_t const next = all[index].links.next;
    if (next != none && alike(all[index], all[next], mss)) {
        all[index].end = all[next].end;
        remove(all, next);
    }
    std::uint32_t const previous = all[index].links.previous;
    if (previous == none || !alike(all[previous], all[index], mss)) return index;
    all[previous].end = all[index].end;
    remove(all, index);
    return previous;
}

void scoreboard::sack(sent_ranges& all, seq begin, seq end, std::uint32_t mss, delivery& d) {
    for (std::uint32_t i = list_.front(); i != none; i = all[i].links.next) {
        if (!before(all[i].begin, end)) return;
        if (all[i].is == fate::sacked || !before(begin, all[i].end)) continue;
        // The whole segments of the range within the block.
        if (before(all[i].begin, begin)) {
            std::uint32_t const skip = (distance(all[i].begin, begin) + mss - 1) / mss * mss;
            if (skip >= all[i].length() || !split(all, i, all[i].begin + skip)) continue;
            i = all[i].links.next;
        }
        if (before(end, all[i].end)) {
            if (!before(all[i].begin, end)) return;
            std::uint32_t const keep = distance(all[i].begin, end) / mss * mss;
            if (keep == 0 || !split(all, i, all[i].begin + keep)) return;
        }
        arrive(all, i, d);
        d.sacked += all[i].length();
        take_from(all[i].is, all[i].length());
        all[i].is = fate::sacked;
        add_to(fate::sacked, all[i].length());
        i = join_neighbours(all, i, mss);
    }
}

bool scoreboard::only_path_probe_lost(sent_ranges const& all) const {
    if (lost_ == 0) return false;
    for (std::uint32_t i = list_.front(); i != none; i = all[i].links.next)
        if (all[i].is == fate::lost && !all[i].path_probe) return false;
    return true;
}

std::optional<std::uint32_t> scoreboard::first_lost(sent_ranges const& all) const {
    if (lost_ == 0) return std::nullopt;
    std::uint32_t i = list_.front();
    while (all[i].is != fate::lost)
        i = all[i].links.next;
    return i;
}

void scoreboard::resent(sent_ranges& all, std::uint32_t index, seq end, instant now,
                        std::uint32_t mss) {
    if (before(end, all[index].end) && !split(all, index, end)) end = all[index].end;
    sent_range& r = all[index];
    take_from(r.is, r.length());
    r.is = fate::in_flight;
    r.resent = true;
    r.path_probe = false;
    r.sent = now;
    join_neighbours(all, index, mss);
}

std::uint32_t scoreboard::last_segment(sent_ranges& all, std::uint32_t mss) {
    std::uint32_t const last = list_.back();
    std::uint32_t const before_it = (all[last].length() - 1) / mss * mss;
    if (before_it == 0 || !split(all, last, all[last].begin + before_it)) return last;
    return list_.back();
}

void scoreboard::forget_sacks_if_reneged(sent_ranges& all) {
    if (list_.empty() || all[list_.front()].is != fate::sacked) return;
    for (std::uint32_t i = list_.front(); i != none; i = all[i].links.next)
        if (all[i].is == fate::sacked) all[i].is = fate::in_flight;
    sacked_ = 0;
    lose_all(all);
}

void scoreboard::lose(sent_ranges& all, std::uint32_t& index) {
    all[index].is = fate::lost;
    add_to(fate::lost, all[index].length());
    index = join_neighbours(all, index, 1);
}

void scoreboard::lose_all(sent_ranges& all) {
    lose_if(all, [](sent_range const&) { return true; });
}

void scoreboard::lose_front(sent_ranges& all, std::uint32_t length) {
    if (list_.empty()) return;
    std::uint32_t first = list_.front();
    if (all[first].is != fate::in_flight) return;
    if (length < all[first].length()) split(all, first, all[first].begin + length);
    lose(all, first);
}

void scoreboard::forget_losses(sent_ranges& all) {
    for (std::uint32_t i = list_.front(); i != none; i = all[i].links.next)
        if (all[i].is == fate::lost) all[i].is = fate::in_flight;
    lost_ = 0;
}

void scoreboard::clear(sent_ranges& all) {
    while (!list_.empty())
        remove(all, list_.front());
    *this = {};
}

char const* scoreboard::broken_rule(sent_ranges const& all, seq una, seq nxt) const {
    std::uint32_t sacked = 0;
    std::uint32_t lost = 0;
    seq at = una;
    for (std::uint32_t i = list_.front(); i != none; i = all[i].links.next) {
        sent_range const& r = all[i];
        if (r.begin != at || !before(r.begin, r.end)) return "the scoreboard has a gap";
        at = r.end;
        if (r.is == fate::sacked) sacked += r.length();
        if (r.is == fate::lost) lost += r.length();
    }
    if (at != nxt) return "the scoreboard does not end at snd_nxt";
    if (sacked != sacked_ || lost != lost_) return "the scoreboard's sums are wrong";
    return nullptr;
}

}  // namespace stack::tcp
