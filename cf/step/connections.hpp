// Form HASHTABLE: a copy of the connection routing table. A port serves many destinations, on one
// stack and across stacks; only one connection may have a 4-tuple.
#pragma once

#include "cf/ports.hpp"
#include "cf/step/outcome.hpp"
#include "cf/structure/connection_note.hpp"
#include "cf/structure/view.hpp"

#include <cstdint>
#include <span>

namespace cf::step::connections {

/// A port whose 4-tuple with `to` is in nobody's use, recorded as this stack's. With `to` all zero
/// the port is one that nobody uses at all. Next-fit from the cursor, as allocate(). Errors:
/// exhausted, full.
outcome<std::uint16_t> allocate(view& structures, std::uint16_t me, destination const& to,
                                port_words const& excluded, std::uint64_t random);

/// Records a connection that exists already - inbound, or opened from a bound socket - or a bound
/// socket, whoever has it too. Repeating it changes nothing. Errors: full.
outcome<> add(view& structures, std::uint16_t me, table_entry const& entry, bool inbound);

/// The stack's connection has ended. One it does not have is not touched.
void remove(view& structures, std::uint16_t me, table_entry const& entry);

/// What happened to connections of the stack, in this order. Nothing if the form is another,
/// sharing is off, or the stack has no structure here. Errors: full, with all that fit recorded.
outcome<> note(view& structures, std::uint16_t me, std::span<connection_note const> notes);

/// All entries of a stack go.
void remove_all(view& structures, std::uint16_t slot);

/// Makes held() of all stacks what the table says.
void repair(view& structures);

}  // namespace cf::step::connections
