// The ways in which a 4-tuple ends.
#pragma once

#include "stack/tcp/engine_state.hpp"

#include <boost/system/error_code.hpp>

#include <cstdint>

namespace stack::tcp {

/// Dead before its time: the user is told, or what waited in a backlog disappears. `index` may be
/// free afterwards.
void fail(engine_state& s, std::uint32_t index, boost::system::error_code error);
/// Resets the peer and fails.
void reset_and_fail(engine_state& s, std::uint32_t index, boost::system::error_code error);
/// For lack of an answer: timed_out, or host_unreachable if ICMP said so.
void give_up(engine_state& s, std::uint32_t index);
/// Gone without a word to anyone but the observer's ended(); for orphans.
void drop_silently(engine_state& s, std::uint32_t index);
/// LAST-ACK is over.
void end_in_order(engine_state& s, std::uint32_t index);
/// The 4-tuple goes on as a TIME-WAIT entry; the connection stays only if a user still holds it.
void enter_time_wait(engine_state& s, std::uint32_t index, instant now);
/// The user lets go of a connection that is detached, or of one that he resets.
void release(engine_state& s, std::uint32_t index);
/// The connection leaves the table of 4-tuples; ended() is told.
void detach(engine_state& s, std::uint32_t index);

void end_half_open(engine_state& s, std::uint32_t index);
void end_time_wait(engine_state& s, std::uint32_t index);
/// TIME-WAIT begins again.
void restart_time_wait(engine_state& s, std::uint32_t index, instant now);

/// What is left of an orphan's life is limited: while it waits for the peer's FIN, and by the time
/// its user wanted to linger until then.
void limit_orphan(engine_state& s, connection& c, instant now);

}  // namespace stack::tcp
