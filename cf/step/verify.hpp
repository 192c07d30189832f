// Checks that the structures of a DVIPA say what they must between updates.
#pragma once

#include "cf/structure/view.hpp"

#include <cstdint>
#include <vector>

namespace cf::step {

/// What does not hold.
enum class violation : std::uint8_t {
    port_orphaned,      ///< taken in the first structure, and no stack holds or serves it
    port_unmarked,      ///< held or served, and free in the first structure: could be given again
    wrong_holder,       ///< the code beside the port is not that of its one holder
    not_marked_shared,  ///< used more than once, and not marked as such
    user_no_member,     ///< a second structure for a slot that no member, living or dead, has
    mark_without_structure,  ///< back-filled, says the mark of a stack that has no second structure
    mark_of_the_future,      ///< back-filled for a generation that has not been
    off_not_empty,           ///< OFF, and there are ports or second structures
    drained_not_off,         ///< DRAINING, and nothing is left to drain
    enabling_by_nobody,      ///< ENABLING, and who began it is gone: nobody would end it
    unknown_form,            ///< a form or grain that nothing here can read
};

struct finding {
    violation what = violation::port_orphaned;
    std::uint16_t port = 0;   ///< 0: not about one port
    std::uint64_t slots = 0;  ///< the stacks concerned, a bit per slot

    friend constexpr bool operator==(finding const&, finding const&) = default;
};

/// Findings beyond this are not collected: something is thoroughly wrong.
inline constexpr std::size_t most_findings = 100;

/// The group, as far as the structures depend on it.
struct group_slots {
    std::uint64_t members = 0;  ///< bit per slot that has a member, dead or alive
    bool recovery_due = false;  ///< a member is dead: its recovery will end what it left
};

/// Everything that does not hold; writes nothing.
std::vector<finding> verify(view& structures, group_slots const& group);

/// "taken, and no stack holds or serves it"; about the port or DVIPA that the reader knows.
char const* text_of(violation what);

}  // namespace cf::step
