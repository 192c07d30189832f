// The state of many connections, moved on by answers, readiness, deadlines and signals.
#include "operator/connect/batch.hpp"

#include <algorithm>
#include <cerrno>

namespace operators {

namespace {

// So many connects wait for the daemon at a time.
constexpr std::size_t pipeline = 64;

constexpr std::uint64_t control_tag = 0;  // streams have their request's id, from 1
constexpr std::uint64_t signal_tag = ~std::uint64_t{0};

}  // namespace

connect_batch::connect_batch(context const& with, connect_options const& options, app::client stack,
                             std::string bytes)
    : with_(with),
      options_(options),
      stack_(std::move(stack)),
      bytes_(std::move(bytes)),
      progress_(with, options.progress, options.count) {
    slots_.reserve(options.count);
    poller_.add(stack_.native(), control_tag, EPOLLIN);
    poller_.add(signals_.native(), signal_tag, EPOLLIN);
}

void connect_batch::open_all() {
    while (settled_ < options_.count && !interrupted_) {
        submit_more();
        wait_and_handle();
        expire();
        progress_.update(summary_);
    }
}

void connect_batch::submit_more() {
    while (!control_lost_ && slots_.size() < options_.count && stack_.outstanding() < pipeline) {
        auto const id = stack_.submit(options_.each);
        slots_.emplace_back();
        if (options_.timeout) deadlines_.emplace_back(clock::now() + *options_.timeout, id);
    }
    if (!control_lost_)
        poller_.change(stack_.native(), control_tag,
                       stack_.wants_write() ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

void connect_batch::wait_and_handle() {
    for (auto const& event : poller_.wait(wait_time())) {
        if (event.data.u64 == signal_tag)
            interrupted_ = true;
        else if (event.data.u64 == control_tag)
            take_answers();
        else
            advance(event.data.u64);
    }
}

int connect_batch::wait_time() const {
    using std::chrono::milliseconds;
    std::int64_t left = progress_.active() ? 1000 : -1;
    if (!deadlines_.empty()) {
        auto const due =
            std::chrono::ceil<milliseconds>(deadlines_.front().first - clock::now()).count();
        left = left < 0 ? std::max<std::int64_t>(due, 0) : std::clamp<std::int64_t>(due, 0, left);
    }
    return static_cast<int>(std::min<std::int64_t>(left, 3'600'000));
}

void connect_batch::take_answers() {
    for (;;) {
        auto came = stack_.next(clock::now());
        if (came.has_error()) return lose_control(came.error());
        if (!*came) return;
        take(std::move(**came));
    }
}

void connect_batch::take(app::answer came) {
    slot& of = slots_[came.id - 1];
    if (of.at != phase::connecting) return;  // too late: its time was over
    if (auto const* const refused = std::get_if<app::failed>(&came.body))
        return settle_failed(of, refused->why);
    ++summary_.connected;
    summary_.local.push_back(std::get<app::connected>(came.body).local);
    of.at = phase::exchanging;
    of.exchange.emplace(std::move(came.attached), bytes_, options_.expect_echo);
    poller_.add(of.exchange->native(), came.id, of.exchange->wanted_events());
    advance(came.id);
}

void connect_batch::lose_control(app::error const& why) {
    control_lost_ = true;
    poller_.remove(stack_.native());
    slots_.resize(options_.count);
    for (auto& of : slots_)
        if (of.at == phase::connecting) settle_failed(of, why);
}

void connect_batch::advance(std::uint64_t tag) {
    slot& of = slots_[tag - 1];
    using state = echo_exchange::state;
    if (of.at == phase::held && !of.exchange->still_open()) {
        ++broken_;
        of.exchange.reset();
        of.at = phase::over;
    }
    if (of.at == phase::exchanging) {
        auto const now = of.exchange->advance();
        if (now == state::failed)
            return settle_failed(
                of, app::system_error(of.exchange->error(), "the exchange of bytes failed"));
        if (now == state::done)
            after_exchange(of, tag);
        else
            poller_.change(of.exchange->native(), tag, of.exchange->wanted_events());
    }
    if (of.at == phase::closing) {
        auto const now = of.exchange->await_end();
        if (now == state::failed)
            return settle_failed(
                of, app::system_error(of.exchange->error(), "the connection did not end in order"));
        if (now == state::done) settle(of, phase::over);
    }
}

void connect_batch::after_exchange(slot& of, std::uint64_t tag) {
    if (options_.expect_echo) ++summary_.echoed;
    poller_.change(of.exchange->native(), tag, EPOLLIN);
    if (options_.hold) return settle(of, phase::held);
    of.exchange->half_close();
    of.at = phase::closing;
}

void connect_batch::settle(slot& of, phase end) {
    if (end == phase::over) of.exchange.reset();
    of.at = end;
    ++settled_;
}

void connect_batch::settle_failed(slot& of, app::error const& why) {
    summary_.fail(why.code);
    if (reported_.insert(app::error_name(why.code)).second)
        fail(with_, "connect " + describe(options_.each) + ": " + app::error_name(why.code) + ": " +
                        why.message);
    settle(of, phase::over);
}

void connect_batch::expire() {
    for (; !deadlines_.empty() && deadlines_.front().first <= clock::now();
         deadlines_.pop_front()) {
        slot& of = slots_[deadlines_.front().second - 1];
        if (of.at == phase::held || of.at == phase::over) continue;
        settle_failed(
            of, {ETIMEDOUT, "not done within " + std::to_string(options_.timeout->count()) + " s"});
    }
}

std::size_t connect_batch::hold() {
    deadlines_.clear();
    while (!interrupted_)
        wait_and_handle();
    return broken_;
}

}  // namespace operators
