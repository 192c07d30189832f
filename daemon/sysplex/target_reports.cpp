#include "daemon/sysplex/target_reports.hpp"

#include "daemon/loop/log.hpp"
#include "daemon/sysplex/report_message.hpp"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tcpplexd {

namespace {

constexpr auto look_interval = std::chrono::seconds(1);

}  // namespace

void target_reports::configure(stack::settings const& now, std::chrono::seconds poll) {
    self_ = now.self;
    poll_ = poll;
    auto const before = std::exchange(owners_, {});
    for (auto const& each : now.dvipas)
        if (each.owner.valid() && each.is_target(self_)) owners_.insert(each.owner);
    if (owners_.empty()) return;
    bool const is_new =
        !std::includes(before.begin(), before.end(), owners_.begin(), owners_.end());
    if (is_new) send_all();
    if (!std::exchange(watching_, true)) watch();
}

void target_reports::member_reached(stack::member_id who) {
    if (owners_.contains(who)) send(who);
}

void target_reports::on_message(stack::member_id from, std::string_view text) {
    auto const received = report_from_json(text);
    if (received) return first().report(from, *received);
    log_message(severity::error, fmt::format("a report of the stack in slot {} refused: {}",
                                             from.slot, received.error()));
}

void target_reports::watch() {
    timer_.expires_after(look_interval);
    timer_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        // Nobody waits for the other shards: a burst of theirs would hold this one up.
        counted_.clear();
        missing_ = loops_.size();
        for (auto* const each : loops_)
            boost::asio::post(each->io(), [this, each] {
                boost::asio::post(io_, [this, counted = each->core().served()] { add(counted); });
            });
    });
}

void target_reports::add(stack::served_services const& counted) {
    for (auto const& [service, counts] : counted)
        counted_[service] += counts;
    if (--missing_ != 0) return;
    look();
    watching_ = !owners_.empty();
    if (watching_) watch();
}

void target_reports::look() {
    health_.measure(counted_);
    if (owners_.empty()) return;
    bool const is_time = std::chrono::steady_clock::now() - sent_ >= poll_;
    auto const& found = health_.found();
    bool const has_refused =
        std::any_of(found.begin(), found.end(), [](auto const& each) { return each.refused != 0; });
    if (is_time || has_refused || found != last_.services) send_all();
}

void target_reports::send_all() {
    last_ = {load_(), health_.found()};
    sent_ = std::chrono::steady_clock::now();
    for (auto const each : owners_)
        send(each);
}

void target_reports::send(stack::member_id to) {
    if (to == self_) return first().report(self_, last_);
    links_.send_control(to, control_kind::report, to_json(last_));
}

}  // namespace tcpplexd
