#include "stack/tcp/engine.hpp"

#include "stack/tcp/engine_state.hpp"
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/output/output.hpp"
#include "stack/tcp/timers.hpp"

namespace stack::tcp {

engine::engine(segment_sink& sink, engine_observer& observer, entropy& random)
    : state_(std::make_unique<engine_state>(sink, observer, random)) {}

engine::~engine() = default;

void engine::use(secrets const& agreed) {
    state_->secrets = agreed;
}

void engine::configure(tcp_settings const& settings) {
    state_->settings = settings;
}

void engine::input(incoming_segment const& segment, instant now) {
    segment_arrives(*state_, segment, now);
}

void engine::announce() {
    engine_state& s = *state_;
    s.ready.each(s.connections, [&](std::uint32_t index) { tell_readiness(s, index); });
}

void engine::advance(instant now) {
    engine_state& s = *state_;
    run_timers(s, now);
    while (auto const index = s.ready.pop(s.connections))
        flush(s, *index, now);
}

std::optional<instant> engine::next_deadline() const {
    if (!state_->ready.empty()) return instant{};
    return next_timer(*state_);
}

tcp::counters const& engine::counters() const {
    return state_->counters;
}

}  // namespace stack::tcp
