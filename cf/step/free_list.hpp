// The enumerated list of free ports, the first structure of form LIST: taken from the head, given
// back at the tail, so that a port is reused as late as possible.
#pragma once

#include "cf/ports.hpp"
#include "cf/structure/view.hpp"

#include <cstdint>
#include <optional>

namespace cf::step::free_list {

/// Whether the list is to have the port when it is free: form LIST, and of the ports it was made
/// of.
bool lists(dvipa_settings const& settings, std::uint16_t port);

/// Makes the list of all ports that the settings name and the first structure shows free, in an
/// order that `random` decides.
void make(view& structures, dvipa_settings const& settings, std::uint64_t random);

/// The port that has been free for longest and is not in `excluded`; it stays in the list.
std::optional<std::uint16_t> oldest(view& structures, port_words const& excluded);

void append(view& structures, std::uint16_t port);
void remove(view& structures, std::uint16_t port);

/// Makes a list whose links may be anything complete: what of it can be followed keeps its order,
/// ports that were missing come last.
void repair(view& structures, dvipa_settings const& settings);

}  // namespace cf::step::free_list
