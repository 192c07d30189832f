// Resets.
#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/output/output.hpp"

namespace stack::tcp {

using namespace wire::tcp_flag;

void answer_with_reset(engine_state& s, four_tuple const& tuple, segment const& seg) {
    if (seg.rst()) return;
    wire::tcp_header header;
    if (seg.ack()) {
        header.sequence = seg.seg_ack.value();
        header.flags = rst;
    } else {
        header.acknowledgment = (seg.seg_seq + seg.seg_len()).value();
        header.flags = rst | wire::tcp_flag::ack;
    }
    s.count(counter::resets_out);
    emit(s, tuple, header);
}

void send_reset(engine_state& s, connection const& c) {
    wire::tcp_header header;
    header.sequence = c.seq_without_text().value();
    header.acknowledgment = c.rcv_nxt.value();
    header.flags = rst | ack;
    s.count(counter::resets_out);
    emit(s, c.tuple, header);
}

}  // namespace stack::tcp
