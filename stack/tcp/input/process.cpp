// The table of contents of RFC 9293 3.10.7.4.
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/option/option.hpp"
#include "stack/tcp/output/output.hpp"

#include <array>

namespace stack::tcp {

namespace {

using step = verdict (*)(arrival const&);

constexpr std::array<step, 12> steps{
    take_syn_sent,    // 3.10.7.3; the rest is for states after SYN-SENT
    check_timestamp,  // RFC 7323 5.3 R1
    check_sequence,   // first
    take_timestamp,   // RFC 7323 5.3 R3
    check_reset,      // second
                      // third, security: RFC 9293 A.1 lets it be absent
    check_syn,        // fourth
    check_ack,        // fifth: is it possible
    note_heard,       // fifth: the peer is there
    take_ack,         // fifth: what it acknowledges
    take_congestion,  // RFC 3168 6.1.3
                      // sixth, URG: urgent data is read in line, as RFC 6093 5 advises
    take_text,        // seventh
    take_fin,         // eighth
};

}  // namespace

void process(engine_state& s, std::uint32_t index, segment const& seg, instant now) {
    // Before the steps: a step that stops may have freed the connection.
    want_output(s, index);
    arrival const a{s, index, s.connections[index], seg, now};
    for (step const take : steps) {
        verdict const v = take(a);
        if (v.why()) s.count(*v.why());
        if (v.stops()) return;
    }
}

}  // namespace stack::tcp
