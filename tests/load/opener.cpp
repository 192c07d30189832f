#include "opener.hpp"

#include <algorithm>
#include <utility>

namespace load {

namespace {

/// Attempts under way at once: fewer than the partner's backlog.
constexpr std::size_t window = 256;
constexpr auto tick_time = std::chrono::milliseconds(5);

}  // namespace

opener::opener(tcpplexd::shard_loop& loop)
    : loop_(loop), timer_(loop.io()), cookie_(loop.enrol(*this)) {}

void opener::begin(std::vector<stack::endpoint> places, answer done) {
    places_ = std::move(places);
    done_ = std::move(done);
    next_place_ = connected_ = begun_ = 0;
    failed_.clear();
}

void opener::open(std::size_t count, std::vector<stack::endpoint> places, answer done) {
    begin(std::move(places), std::move(done));
    keep_ = true;
    rate_ = 0;
    left_ = count;
    fill();
    end_if_done();
}

void opener::churn(std::uint32_t rate, std::chrono::seconds time,
                   std::vector<stack::endpoint> places, answer done) {
    begin(std::move(places), std::move(done));
    keep_ = false;
    left_ = rate * static_cast<std::size_t>(time.count());
    rate_ = rate;
    time_ = time;
    started_ = tcpplexd::boot_time();
    made_.begin(started_);
    tick();
}

void opener::reset(std::size_t count, answer const& done) {
    for (; count > 0 && !kept_.empty(); --count) {
        loop_.core().abort(kept_.front(), loop_.now());
        kept_.pop_front();
    }
    loop_.touch();
    done({{"open", kept_.size()}, {"broken", broken_}});
}

void opener::open_one() {
    auto const opened = loop_.core().open("LOAD", cookie_);
    --left_;
    ++begun_;
    if (!opened) {
        ++failed_[opened.error().message()];
        return;
    }
    ++under_way_;
    loop_.core().connect(*opened, places_[next_place_], loop_.now());
    next_place_ = (next_place_ + 1) % places_.size();
}

void opener::fill() {
    while (left_ > 0 && under_way_ < window)
        open_one();
    loop_.touch();
}

// What is due by now, however late the timer was.
void opener::tick() {
    auto const passed = std::min(tcpplexd::boot_time() - started_, time_);
    auto const due = static_cast<std::size_t>(std::chrono::duration<double>(passed).count() *
                                              static_cast<double>(rate_));
    while (begun_ < due && left_ > 0)
        open_one();
    if (passed == time_)
        while (left_ > 0)
            open_one();
    loop_.touch();
    if (left_ == 0) return end_if_done();
    timer_.expires_after(tick_time);
    timer_.async_wait([this](boost::system::error_code error) {
        if (!error) tick();
    });
}

void opener::on_event(stack::event const& what) {
    auto& core = loop_.core();
    if (what.what == stack::event::kind::failed) {
        ++broken_;
        std::erase(kept_, what.socket);
        core.close(what.socket, loop_.now());
    }
    if (what.what == stack::event::kind::connected) {
        --under_way_;
        if (what.error) {
            ++failed_[what.error.message()];
            core.close(what.socket, loop_.now());
        } else {
            ++connected_;
            if (keep_) {
                kept_.push_back(what.socket);
            } else {
                made_.note(tcpplexd::boot_time());
                core.abort(what.socket, loop_.now());
            }
        }
        if (keep_) fill();
        end_if_done();
    }
    loop_.touch();
}

void opener::end_if_done() {
    if (left_ != 0 || under_way_ != 0 || !done_) return;
    boost::json::object failed;
    for (auto const& [why, count] : failed_)
        failed[why] = count;
    boost::json::object done{
        {"connected", connected_}, {"failed", std::move(failed)}, {"open", kept_.size()}};
    if (!keep_) done["timeline"] = made_.shown();
    std::exchange(done_, {})(std::move(done));
}

}  // namespace load
