// Which services MISCSERV has, and where a profile wants them.
#pragma once

#include "stack/shard/settings.hpp"

#include <cstdint>
#include <set>

namespace tcpplexd {

inline constexpr char const* misc_job = "MISCSERV";

enum class misc_service : std::uint16_t { echo = 7, discard = 9, chargen = 19 };

/// Ports of theirs that PORT statements give to the job, of TCP or else of UDP.
std::set<std::uint16_t> misc_ports(stack::settings const& from, bool tcp);

/// Where they are had: every address of the stack.
stack::address misc_host(stack::settings const& from);

}  // namespace tcpplexd
