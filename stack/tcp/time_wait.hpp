// A 4-tuple that rests until its old segments are gone: TIME-WAIT.
#pragma once

#include "stack/core/index_list.hpp"
#include "stack/core/time.hpp"
#include "stack/tcp/seq.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstdint>

namespace stack::tcp {

/// RFC 9293 3.6.1. All wait equally long, so a list in order of `since` is all the timing they
/// need.
struct time_wait {
    four_tuple tuple;
    std::uint16_t window = 0;  ///< last offered, as on the wire
    bool passive = false;
    bool timestamps = false;
    seq snd_nxt;
    seq rcv_nxt;
    std::uint32_t ts_recent = 0;
    std::uint32_t tag = 0;
    std::uint32_t number = 0;
    instant since;
    index_links queue;
};

static_assert(sizeof(time_wait) <= 80);

}  // namespace stack::tcp
