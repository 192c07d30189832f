// SEGMENT ARRIVES: RFC 9293 3.10.7, one file per step.
#pragma once

#include "stack/tcp/engine_state.hpp"
#include "stack/tcp/segment.hpp"

#include <cstdint>
#include <optional>

namespace stack::tcp {

/// What a step decided: to go on with the next one, or that the segment is done with, and which
/// counter says why.
class verdict {
  public:
    static constexpr verdict next_step() { return verdict(false, std::nullopt); }
    /// The segment has done its work.
    static constexpr verdict done() { return verdict(true, std::nullopt); }
    static constexpr verdict drop(counter why) { return verdict(true, why); }

    constexpr bool stops() const { return stops_; }
    constexpr std::optional<counter> why() const { return why_; }

  private:
    constexpr verdict(bool stops, std::optional<counter> why) : stops_(stops), why_(why) {}
    bool stops_;
    std::optional<counter> why_;
};

/// A segment on its way through the steps of one connection.
struct arrival {
    engine_state& s;
    std::uint32_t index;
    connection& c;
    segment const& seg;
    instant now;
};

/// Any segment, to whatever its 4-tuple names.
void segment_arrives(engine_state& s, incoming_segment const& incoming, instant now);

// ---- by what it meets ----
/// LISTEN, or nothing at all.
void arrives_from_stranger(engine_state& s, arrived const& in, instant now);
void arrives_half_open(engine_state& s, std::uint32_t index, arrived const& in, instant now);
void arrives_time_wait(engine_state& s, std::uint32_t index, arrived const& in, instant now);
/// A connection in any state.
void process(engine_state& s, std::uint32_t index, segment const& seg, instant now);

// ---- the steps of 3.10.7.3 and 3.10.7.4 ----
verdict take_syn_sent(arrival const& a);
verdict check_timestamp(arrival const& a);
verdict check_sequence(arrival const& a);
verdict take_timestamp(arrival const& a);
verdict check_reset(arrival const& a);
verdict check_syn(arrival const& a);
verdict check_ack(arrival const& a);
verdict take_ack(arrival const& a);
verdict take_congestion(arrival const& a);
verdict take_text(arrival const& a);
verdict take_fin(arrival const& a);

/// The four cases of RFC 9293 3.4, table 6.
bool acceptable(segment const& seg, seq rcv_nxt, std::uint32_t rcv_wnd);
/// The connection reaches ESTABLISHED, or FIN-WAIT-1 if the user has closed already.
void become_established(arrival const& a);
/// Text that was here before is reported once (RFC 2883 4).
void report_repeated(arrival const& a);
/// A round trip of a segment sent once, the first of the connection.
void take_round_trip(connection& c, duration took, instant now);
/// SND.WND from an acceptable segment.
void set_window(connection& c, segment const& seg, std::uint32_t window);

}  // namespace stack::tcp
