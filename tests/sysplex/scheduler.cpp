#include "scheduler.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace sim {

scheduler* scheduler::current_ = nullptr;

void scheduler::run(process& of, std::function<void()> first) {
    auto main = std::make_shared<task>();
    main->of = &of;
    tasks_.push_back(main);
    running_ = main.get();
    first();
}

std::shared_ptr<scheduler::task> scheduler::start(process& of, std::function<void()> body) {
    auto made = std::make_shared<task>();
    made->of = &of;
    made->thread = std::thread([this, raw = made.get(), body = std::move(body)] {
        raw->turn.acquire();
        body();
        raw->over = true;
        raw->ready = false;
        raw->until = never;
        wake(raw);
        give_way();
    });
    made->thread.detach();
    std::erase_if(tasks_, [this](auto const& one) { return one->over && one.get() != running_; });
    tasks_.push_back(made);
    return made;
}

process& scheduler::here() const {
    return *running_->of;
}

bool scheduler::is_over(task const& which) const {
    return which.over;
}

void scheduler::at(nanos when, std::function<void()> what) {
    events_.push({std::max(when, now_), ++order_, std::move(what)});
}

bool scheduler::wait(void const* channel, nanos until) {
    auto& self = *running_;
    self.channel = channel;
    self.until = until;
    self.ready = false;
    self.in_time = true;
    give_way();
    return self.in_time;
}

void scheduler::wake(void const* channel) {
    for (auto& one : tasks_)
        if (!one->ready && !one->over && one->channel == channel && channel != nullptr) {
            one->ready = true;
            one->in_time = true;
        }
}

void scheduler::kill(process& which) {
    which.dead = true;
    if (in_event_) return;
    if (&here() == &which) give_way();
}

// The next thread's turn; returns when it is the caller's again.
void scheduler::give_way() {
    auto* self = running_;
    observer_();
    auto* chosen = next();
    if (chosen == self) return;
    bool const over = self->over;
    running_ = chosen;
    chosen->turn.release();
    if (over) return;
    self->turn.acquire();
}

scheduler::task* scheduler::next() {
    for (;;) {
        task* chosen = nullptr;
        std::uint64_t count = 0;
        for (auto& one : tasks_)
            if (one->ready && !one->of->paused && !one->of->dead && random_() % ++count == 0)
                chosen = one.get();
        if (chosen != nullptr) return chosen;
        if (!pass_time()) throw std::logic_error("every thread waits for ever");
    }
}

bool scheduler::pass_time() {
    nanos until = never;
    for (auto const& one : tasks_)
        if (!one->ready && !one->of->paused && !one->of->dead) until = std::min(until, one->until);
    if (!events_.empty() && events_.top().when <= until) {
        auto due = events_.top();
        events_.pop();
        now_ = due.when;
        in_event_ = true;
        due.what();
        observer_();
        in_event_ = false;
        return true;
    }
    if (until == never) return false;
    now_ = std::max(now_, until);
    for (auto& one : tasks_)
        if (!one->ready && one->until <= now_ && !one->of->paused) {
            one->ready = true;
            one->in_time = false;
        }
    return true;
}

}  // namespace sim
