// What one acknowledgement tells about segments that have arrived.
#pragma once

#include "stack/core/time.hpp"
#include "stack/tcp/recovery/sent_range.hpp"

#include <cstdint>
#include <optional>

namespace stack::tcp {

/// Collected range by range while an acknowledgement is taken.
struct delivery {
    instant now;
    duration min_rtt{};

    std::uint32_t bytes = 0;   ///< acknowledged or selectively acknowledged for the first time
    std::uint32_t sacked = 0;  ///< of them, those beyond a hole
    /// Something sent more than once is among it: what else arrived may have waited for that.
    bool again = false;
    bool path_probe = false;  ///< the probe of the path has arrived
    bool reordered = false;  ///< something sent once came after something sent later (RFC 8985 6.2)
    std::optional<seq> original{};  ///< begin of the lowest range that was sent only once
    std::optional<duration> rtt{};  ///< of the latest range that was sent only once (Karn)

    /// The range sent last: RACK's measure of what must have arrived by now.
    struct latest {
        instant sent;
        seq end;
    };
    std::optional<latest> newest{};

    /// `r` has arrived, up to `end` at least.
    void add(sent_range const& r) {
        bytes += r.length();
        path_probe = path_probe || r.path_probe;
        if (!r.resent) {
            if (!original || before(r.begin, *original)) original = r.begin;
            if (!newest || r.sent >= newest->sent) rtt = now - r.sent;
        } else {
            again = true;
        }
        // RFC 8985 6.2 step 2: this acknowledges an earlier transmission of it.
        if (r.resent && now - r.sent < min_rtt) return;
        if (newest &&
            (r.sent < newest->sent || (r.sent == newest->sent && before(r.end, newest->end))))
            return;
        newest = latest{r.sent, r.end};
    }
};

}  // namespace stack::tcp
