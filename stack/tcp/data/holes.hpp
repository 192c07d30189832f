// The reorder block of a connection, which comes and goes.
#pragma once

#include "stack/tcp/engine_state.hpp"

namespace stack::tcp {

/// Null if nothing is kept.
inline reorder_block* holes_of(engine_state& s, connection const& c) {
    return c.holes == slab<reorder_block>::none ? nullptr : &s.holes[c.holes];
}
/// As above, but there will be one.
inline reorder_block& make_holes(engine_state& s, connection& c) {
    if (c.holes == slab<reorder_block>::none) c.holes = s.holes.emplace();
    return s.holes[c.holes];
}
/// Something was taken out: if it was the last, the block goes.
inline void drop_empty_holes(engine_state& s, connection& c) {
    if (c.holes == slab<reorder_block>::none || !s.holes[c.holes].empty()) return;
    s.holes.erase(c.holes);
    c.holes = slab<reorder_block>::none;
}

}  // namespace stack::tcp
