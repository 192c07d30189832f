// What RFC 9293 3.10.7, as amended by RFC 5961, says about one segment that arrives: a model that
// knows nothing of the engine.
#pragma once

#include "stack/tcp/state.hpp"

#include <cstdint>
#include <string>

namespace tcp_test {

/// A connection as the RFC sees it. Numbers are relative to the initial ones and do not wrap.
struct view {
    stack::tcp::state at = stack::tcp::state::closed;
    bool passive = false;  ///< SYN-RECEIVED of a listener
    bool fin_sent = false;
    std::int64_t snd_una = 0;
    std::int64_t snd_nxt = 0;
    std::int64_t max_snd_wnd = 0;
    std::int64_t rcv_nxt = 0;
    std::int64_t rcv_wnd = 0;
};

struct probe {
    std::string flags;  ///< of "FSRA"
    std::int64_t seq = 0;
    std::int64_t ack = 0;
    std::int64_t text = 0;

    bool has(char flag) const { return flags.find(flag) != flags.npos; }
    std::int64_t length() const { return text + (has('S') ? 1 : 0) + (has('F') ? 1 : 0); }
};

struct outcome {
    stack::tcp::state next;
    std::string reply;  ///< flags of the answer, "" for none
    std::int64_t seq = 0;
    std::int64_t ack = 0;
    bool syn_again = false;  ///< the SYN follows the answer

    friend bool operator==(outcome const&, outcome const&) = default;
};

outcome expected(view const& v, probe const& p);

}  // namespace tcp_test
