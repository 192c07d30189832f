// A segment finds what its 4-tuple names.
#include "stack/tcp/demux.hpp"
#include "stack/tcp/input/input.hpp"

namespace stack::tcp {

void segment_arrives(engine_state& s, incoming_segment const& incoming, instant now) {
    auto const in = read_segment(incoming);
    if (!in) return s.count(counter::drop_malformed);
    s.count(counter::segments_in, in->what.wire_segments());
    auto const known = find(s, in->tuple);
    if (!known) return arrives_from_stranger(s, *in, now);
    switch (known->kind) {
        case entity::connection:
            return process(s, known->index, in->what, now);
        case entity::half_open:
            return arrives_half_open(s, known->index, *in, now);
        case entity::time_wait:
            return arrives_time_wait(s, known->index, *in, now);
    }
}

}  // namespace stack::tcp
