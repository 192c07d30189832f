// What the stack gives back, and what it forgets when it is fenced.
#include "daemon/sysplex/port_bridge.hpp"

#include <utility>

namespace tcpplexd {

namespace {

/// Between two looks whether the facility takes what is kept for it.
constexpr auto kept_interval = std::chrono::milliseconds(100);

}  // namespace

void port_bridge::give_back(stack::address const& dvipa, std::uint16_t port, bool service) {
    if (fenced_) return;
    auto const key = facility_key(dvipa);
    if (worker_.outstanding() != 0 || !answers()) {
        facility_.owe(key, port, service);
        return flush(dvipa);
    }
    auto const how = cf::patience::try_once;
    given_back(dvipa,
               service ? facility_.unserve(key, port, how) : facility_.release(key, port, how));
}

// An answer that is late is not asked for at once again.
void port_bridge::given_back(stack::address const& dvipa, cf::result<> const& outcome) {
    if (outcome) return;
    if (outcome.error().code != cf::error::unavailable) return flush(dvipa);
    unflushed_.insert(dvipa);
    send_kept_later();
}

// Until the facility has recorded it.
void port_bridge::flush(stack::address const& dvipa) {
    if (!answers()) {
        unflushed_.insert(dvipa);
        return send_kept_later();
    }
    auto& gathered = gathered_[dvipa];
    if (gathered.flushing) return;
    gathered.flushing = true;
    worker_.run(
        [this, key = facility_key(dvipa), &gathered] {
            gathered.flushing = false;  // what is owed from here on may be too late for this one
            return facility_.flush(key, cf::patience::wait);
        },
        [this, dvipa](cf::result<> const& flushed) { given_back(dvipa, flushed); });
}

bool port_bridge::answers() const {
    return facility_.state() == cf::lease_state::active;
}

void port_bridge::send_kept_later() {
    if (is_keeping_) return;
    is_keeping_ = true;
    kept_timer_.expires_after(kept_interval);
    kept_timer_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        is_keeping_ = false;
        if (unflushed_.empty()) return;
        if (!answers()) return send_kept_later();
        for (auto const& each : std::exchange(unflushed_, {}))
            flush(each);
    });
}

void port_bridge::fence() {
    ++life_;
    fenced_ = true;
    unflushed_.clear();
    for (auto& [dvipa, gathered] : gathered_)
        for (auto const& each : std::exchange(gathered.allocations, {}))
            resolve(each, {stack::port_answer::unavailable, 0});
    for (auto& [dvipa, notes] : notes_)
        notes.take();
    for (auto const& each : std::exchange(waiting_, {}))
        resolve(each, {stack::port_answer::unavailable, 0});
}

}  // namespace tcpplexd
