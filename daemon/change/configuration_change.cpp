#include "daemon/change/configuration_change.hpp"

#include "daemon/change/translate.hpp"
#include "daemon/loop/log.hpp"
#include "daemon/node/node.hpp"
#include "stack/socket/port_source.hpp"

#include <algorithm>
#include <utility>

namespace tcpplexd {

void configuration_change::run(node& on, history& past, parser::configuration next,
                               std::optional<kept_configuration> record, finished done) {
    std::shared_ptr<configuration_change> self(
        new configuration_change(on, past, std::move(next), std::move(done)));
    self->record_ = std::move(record);
    self->start();
}

void configuration_change::start() {
    if (auto taken = node_.conflict(next_); !taken.empty()) return fail(std::move(taken));
    plan_sharing();
    auto prepared = node_.devices().prepare(node_.settings_for(next_));
    if (!prepared) return fail(prepared.error().message);
    devices_ = std::move(*prepared);
    switch_on_next();
}

void configuration_change::plan_sharing() {
    // Whatever statement changed it - on a DVIPA, its distribution or its range - the difference
    // counts.
    auto addresses = node_.defined_dvipas();
    for (auto const& each : next_.dvipas)
        addresses.push_back(to_stack(each.address));
    std::sort(addresses.begin(), addresses.end());
    addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
    addresses.push_back(stack::explicit_bind_pool);
    for (auto const& each : addresses) {
        bool const before = node_.sharing_wanted(each, node_.configuration()).has_value();
        bool const after = node_.sharing_wanted(each, next_).has_value();
        if (!before && after) on_.push_back(each);
        if (before && !after && each != stack::explicit_bind_pool) off_.push_back(each);
    }
}

void configuration_change::switch_on_next() {
    if (done_on_ == on_.size()) return keep();
    auto const dvipa = on_[done_on_];
    node_.ports().switch_on(dvipa, *node_.sharing_wanted(dvipa, next_),
                            [self = shared_from_this()](std::string const& problem) {
                                if (!problem.empty()) return self->fail(problem);
                                ++self->done_on_;
                                self->switch_on_next();
                            });
}

void configuration_change::keep() {
    if (!record_) return take_over();
    record_->profile = to_profile(next_);
    history_.append(std::move(*record_), [self = shared_from_this()](std::string const& problem) {
        if (problem.empty()) return self->take_over();
        self->fail("the change can't be recorded: " + problem);
    });
}

void configuration_change::take_over() {
    auto const began = std::chrono::steady_clock::now();
    outcome_.problems = node_.adopt(std::move(next_), std::move(devices_));
    // The first shard waits for the others to have taken it over.
    outcome_.held = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - began);
    for (auto const& dvipa : off_)
        node_.ports().switch_off(dvipa, [dvipa](std::string const& problem) {
            if (!problem.empty()) log_message(severity::error, dvipa.to_string() + ": " + problem);
        });
    node_.when_dvipas_settled([self = shared_from_this()](std::vector<std::string> problems) {
        auto& all = self->outcome_.problems;
        all.insert(all.end(), problems.begin(), problems.end());
        self->done_(std::move(self->outcome_));
    });
}

void configuration_change::fail(std::string reason) {
    // What this change has switched on and made goes back; but other stacks may use the pool.
    for (std::size_t i = 0; i < done_on_; ++i)
        if (on_[i] != stack::explicit_bind_pool)
            node_.ports().switch_off(on_[i], [](std::string const&) {});
    node_.devices().discard(std::move(devices_));
    outcome_.failure = std::move(reason);
    done_(std::move(outcome_));
}

}  // namespace tcpplexd
