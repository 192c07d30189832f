// Ends all of one local address at once, in silence.
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/engine.hpp"
#include "stack/tcp/engine_state.hpp"

#include <vector>

namespace stack::tcp {

namespace {

template <class Entry>
std::vector<std::uint32_t> places_of(slab<Entry> const& entries, address const& local) {
    std::vector<std::uint32_t> found;
    entries.each([&](std::uint32_t index, Entry const& each) {
        if (each.tuple.local.host == local) found.push_back(index);
    });
    return found;
}

}  // namespace

void engine::forget(address const& local, boost::system::error_code why) {
    engine_state& s = *state_;
    for (auto const index : places_of(s.half_opens, local))
        end_half_open(s, index);
    for (auto const index : places_of(s.time_waits, local))
        end_time_wait(s, index);
    for (auto const index : places_of(s.connections, local))
        if (!s.connections[index].detached()) fail(s, index, why);
}

}  // namespace stack::tcp
