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
    auto const attempt = [this, key = facility_key(dvipa), port, service](cf::patience how) {
        return service ? facility_.unserve(key, port, how) : facility_.release(key, port, how);
    };
    if (worker_.outstanding() != 0 && answers())
        return worker_.run(
            [attempt] { return attempt(cf::patience::wait); },
            [this, dvipa](cf::result<> const& outcome) { given_back(dvipa, outcome); });
    given_back(dvipa, attempt(cf::patience::try_once));
}

// Until the facility has recorded it. An answer that is late is not asked for at once again.
void port_bridge::given_back(stack::address const& dvipa, cf::result<> const& outcome) {
    if (outcome) return;
    if (!answers() || outcome.error().code == cf::error::unavailable) {
        unflushed_.insert(dvipa);
        return send_kept_later();
    }
    flush(dvipa);
}

void port_bridge::flush(stack::address const& dvipa) {
    worker_.run(
        [this, key = facility_key(dvipa)] { return facility_.flush(key, cf::patience::wait); },
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
        if (unflushed_.empty() && unwritten_.empty()) return;
        if (!answers()) return send_kept_later();
        for (auto const& each : std::exchange(unflushed_, {}))
            flush(each);
        for (auto const& each : std::exchange(unwritten_, {}))
            write_notes(each);
    });
}

void port_bridge::fence() {
    ++life_;
    fenced_ = true;
    unflushed_.clear();
    unwritten_.clear();
    for (auto& [dvipa, notes] : notes_)
        notes.take();
    for (auto const& each : std::exchange(waiting_, {}))
        resolve(each, {stack::port_answer::unavailable, 0});
}

}  // namespace tcpplexd
