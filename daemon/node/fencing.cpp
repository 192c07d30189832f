#include "daemon/node/fencing.hpp"

#include "daemon/loop/log.hpp"

#include <utility>

namespace tcpplexd {

namespace {

using cf::lease_state;

/// How late the stack may notice the end of its lease; the packets' fence is never late.
constexpr auto look_interval = std::chrono::milliseconds(25);

bool is_over(lease_state now) {
    return now == lease_state::fenced || now == lease_state::lost;
}

}  // namespace

fencing::fencing(boost::asio::io_context& io, cf::lease* own, fencing_listener& listener)
    : lease_(own), timer_(io), listener_(listener) {
    if (lease_ == nullptr) return;
    hard_.emplace();
    lease_->on_renewal([this](cf::boot_clock::time_point end) { hard_->renewed(end); });
    watch();
}

void fencing::need(bool something) {
    needed_ = something;
    if (lease_ != nullptr) hard_->need(something);
}

void fencing::stop() {
    if (lease_ == nullptr) return;
    timer_.cancel();
    lease_->on_renewal({});
    hard_->disarm();
    lease_ = nullptr;
}

void fencing::watch() {
    timer_.expires_after(look_interval);
    timer_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        look();
        if (seen_ != lease_state::lost) watch();
    });
}

void fencing::look() {
    auto const before = std::exchange(seen_, lease_->state(cf::boot_clock::now()));
    if (seen_ == before) return;
    if (is_over(seen_) && !is_over(before)) {
        if (needed_) listener_.fence();
        fenced_ |= needed_;
        hard_->disarm();
    }
    tell(before);
    if (seen_ == lease_state::lost) return listener_.declared_dead();
    if (seen_ == lease_state::active && std::exchange(fenced_, false)) listener_.take_part_again();
}

void fencing::tell(lease_state before) const {
    switch (seen_) {
        case lease_state::active:
            return log_message(severity::info, "coupling facility: it answers again");
        case lease_state::suspended:
            if (before == lease_state::active)
                log_message(severity::warning,
                            "coupling facility: no answer; no shared port is given out until it "
                            "answers, connections go on");
            return;
        case lease_state::fenced:
            if (needed_)
                log_message(severity::error,
                            "coupling facility: no answer for so long that other stacks may take "
                            "this one's DVIPAs and their ports: its connections with DVIPAs are "
                            "ended, and nothing is sent from these addresses until it answers");
            return;
        case lease_state::lost:
            return;
    }
}

}  // namespace tcpplexd
