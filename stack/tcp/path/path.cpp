#include "stack/tcp/path/path.hpp"

#include "stack/tcp/limits.hpp"

#include <algorithm>

namespace stack::tcp {

/// What could still be gained is not worth a probe.
bool path::settled() const {
    return works >= limit || (halving && limit - works < limits::path_probe_gain);
}

void path::wait(instant now, duration pause) {
    // RFC 4821 7.3, RFC 1191 6.3, RFC 8201 4: paths become wider again.
    probe_after = now + (settled() ? limits::path_retry : pause);
}

std::uint16_t path::probe_size(std::uint16_t largest, instant now) {
    if (now < probe_after || works >= largest) return 0;
    if (settled()) {
        limit = largest;
        halving = false;
    }
    std::uint16_t const high = std::min(limit, largest);
    // What worked before may have been gone for a while only, so that is tried first.
    if (!halving || high - works < limits::path_probe_gain) return high;
    return static_cast<std::uint16_t>(works + (high - works + 1) / 2);
}

void path::arrived(std::uint16_t size, instant now) {
    works = std::max(works, size);
    limit = std::max(limit, works);
    wait(now, {});
}

void path::refused(std::uint16_t size, instant now, duration pause) {
    if (size <= works) return;
    limit = std::min(limit, static_cast<std::uint16_t>(size - 1));
    halving = true;
    wait(now, pause);
}

void path::told(std::uint16_t size, instant now) {
    works = limit = size;
    wait(now, {});
}

void path::lost(std::uint16_t tried, std::uint16_t smaller, instant now, duration pause) {
    works = smaller;
    limit = std::max(limit, tried);
    halving = false;
    wait(now, pause);
}

}  // namespace stack::tcp
