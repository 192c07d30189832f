// Which of several listeners on an endpoint gets the next connection.
#pragma once

#include "stack/tcp/engine_state.hpp"

#include <cstdint>
#include <optional>

namespace stack::tcp {

/// The listener for a connection to `local`: the one whose backlog is the least filled by those
/// half-open and those waiting, of equal ones the next in turn. One that is full is chosen only if
/// all are.
std::optional<std::uint32_t> choose_listener(engine_state& s, endpoint const& local);

}  // namespace stack::tcp
