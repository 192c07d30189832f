#include "stack/tcp/open/negotiate.hpp"

#include "stack/tcp/limits.hpp"

#include <algorithm>

namespace stack::tcp {

peer_terms read_terms(segment const& syn, address const& peer) {
    peer_terms terms;
    // RFC 9293 3.7.1 (MUST-15)
    std::uint16_t const silent = peer.is_v4() ? limits::default_mss_v4 : limits::default_mss_v6;
    terms.mss = std::max(limits::min_mss, syn.options.mss.value_or(silent));
    terms.scaling = syn.options.window_scale.has_value();
    // RFC 7323 2.3: a shift above 14 means 14.
    terms.wscale = std::min(limits::max_window_scale, syn.options.window_scale.value_or(0));
    terms.sack = syn.options.sack_permitted;
    if (syn.options.timestamps) terms.timestamp = syn.options.timestamps->value;
    std::uint8_t const ecn = syn.flags & (wire::tcp_flag::ece | wire::tcp_flag::cwr);
    terms.ecn =
        ecn == (syn.ack() ? wire::tcp_flag::ece : wire::tcp_flag::ece | wire::tcp_flag::cwr);
    return terms;
}

}  // namespace stack::tcp
