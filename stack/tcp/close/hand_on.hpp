// What becomes of the connections in the backlog of a listener that goes.
#pragma once

#include "stack/tcp/engine_state.hpp"

namespace stack::tcp {

/// Those half-open and those waiting go to the listeners that would get them if they came now; what
/// none has room for is reset. `from` is found no more.
void hand_on_backlog(engine_state& s, listener& from);

}  // namespace stack::tcp
