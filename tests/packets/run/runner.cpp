#include "run/runner.hpp"

#include <algorithm>
#include <iomanip>
#include <ostream>
#include <sstream>
#include <stdexcept>

namespace packets {

namespace {

using namespace std::chrono_literals;

// Scripts give times in rounded figures.
constexpr stack::duration tolerance = 1ms;
constexpr stack::duration any_time_ends = 1h;

template <typename... Ts>
struct overloaded : Ts... {
    using Ts::operator()...;
};
template <class... Ts>
overloaded(Ts...) -> overloaded<Ts...>;

std::string joined(std::vector<std::string> const& words) {
    std::string text;
    for (std::string const& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

}  // namespace

void runner::complain(std::string const& what) const {
    throw std::runtime_error(file_ + ":" + std::to_string(line_) + ": " + what);
}

std::string runner::time_of(stack::instant at) const {
    std::ostringstream text;
    text << std::fixed << std::setprecision(6)
         << std::chrono::duration<double>(at - begin_).count();
    return text.str();
}

void runner::trace(char const* direction, stack::instant at, std::string const& what) const {
    if (trace_ != nullptr) *trace_ << time_of(at) << ' ' << direction << ' ' << what << '\n';
}

runner::bounds runner::when(moment const& m) const {
    if (m.from == moment::base::any) return {last_, last_ + any_time_ends};
    stack::instant const from = m.from == moment::base::begin ? begin_ : last_;
    return {from + m.earliest, from + m.latest};
}

void runner::nothing_more_sent() const {
    if (host_.out.empty()) return;
    sent const& first = host_.out.front();
    complain("nothing more was expected before this\n  sent at " + time_of(first.at) + "     > " +
             to_string(first.segment));
}

// What the script does happens at the earliest moment; nothing unexpected may be sent until then.
void runner::wait_quietly(moment const& m) {
    host_.advance(std::max(when(m).earliest, host_.now()));
    nothing_more_sent();
    last_ = host_.now();
}

void runner::expect(segment const& wanted, moment const& m) {
    bounds const b = when(m);
    stack::instant const until = b.latest + tolerance;
    while (host_.out.empty() && host_.now() < until)
        host_.advance(until, true);
    std::string const expected = "\n  expected at " +
                                 (m.from == moment::base::any ? "any time" : time_of(b.earliest)) +
                                 " > " + to_string(wanted);
    if (host_.out.empty()) complain("nothing was sent" + expected);
    sent const seen = host_.out.front();
    host_.out.pop_front();
    trace(">", seen.at, to_string(seen.segment));
    std::string const found =
        expected + "\n  sent at     " + time_of(seen.at) + " > " + to_string(seen.segment);
    if (!matches(wanted, seen.segment)) complain("another segment was sent" + found);
    if (seen.at < b.earliest - tolerance) complain("the segment was sent too early" + found);
    if (seen.at > until) complain("the segment was sent too late" + found);
    last_ = seen.at;
}

void runner::expect_event(std::string const& wanted, moment const& m) {
    bounds const b = when(m);
    stack::instant const until = b.latest + tolerance;
    std::string seen;
    while (true) {
        while (!host_.told.empty()) {
            event const e = host_.told.front();
            host_.told.pop_front();
            trace("!", e.at, e.what);
            seen += "\n  told at " + time_of(e.at) + " " + e.what;
            if (e.what != wanted) continue;
            if (e.at < b.earliest - tolerance || e.at > until)
                complain("at another time: " + wanted + seen);
            last_ = std::max(last_, e.at);
            return;
        }
        if (host_.now() >= until) complain("the user was not told: " + wanted + seen);
        host_.advance(until, true);
    }
}

void runner::assertion_or_call(call const& c, moment const& m) {
    auto const& words = c.words;
    if (words[0] == "expect-event")
        return expect_event(joined({words.begin() + 1, words.end()}), m);
    if (words[0] == "counter" && words.size() == 3) {
        auto const counted = host_.counted(words[1]);
        if (std::to_string(counted) != words[2])
            complain(words[1] + " is " + std::to_string(counted) + ", not " + words[2]);
        return;
    }
    if (words[0] == "state" && words.size() == 2) {
        if (host_.state() != words[1]) complain("the state is " + host_.state());
        return;
    }
    wait_quietly(m);
    trace("-", host_.now(), joined(words));
    if (words[0] != "wait") host_.does(words);
}

void runner::play(step const& s) {
    line_ = s.line;
    std::visit(overloaded{[&](arrival const& a) {
                              wait_quietly(s.when);
                              trace("<", host_.now(), to_string(a.segment));
                              host_.arrives(a.segment);
                          },
                          [&](expectation const& e) { expect(e.segment, s.when); },
                          [&](icmp const& i) {
                              wait_quietly(s.when);
                              trace("<", host_.now(), "icmp unreachable " + i.kind);
                              host_.unreachable(i.kind, i.mtu, i.quoted);
                          },
                          [&](call const& c) { assertion_or_call(c, s.when); },
                          [&](setting const& what) { host_.set(what.name, what.value); }},
               s.what);
    if (auto const broken = host_.broken_invariant()) complain(std::string(*broken));
}

void runner::play(std::vector<step> const& steps) {
    for (step const& s : steps) {
        try {
            play(s);
        } catch (std::runtime_error const& error) {
            std::string const what = error.what();
            if (what.starts_with(file_ + ":")) throw;
            complain(what);
        }
    }
    nothing_more_sent();
    for (event const& e : host_.told)
        if (e.what.starts_with("failed"))
            complain("the user was told what no line expects: " + e.what);
}

}  // namespace packets
