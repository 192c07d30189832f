// Makes the first structure what the second structures say: the one place that decides how uses add
// up.
#pragma once

#include "cf/ports.hpp"
#include "cf/structure/view.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>

namespace cf::step {

/// Uses of one stack, in one word, that are about to end: still in the second structure, no longer
/// counted.
struct ending_uses {
    std::uint16_t slot = 0xffff;
    std::uint64_t held = 0;
    std::uint64_t served = 0;
};

/// Calls function(n) for each bit n set.
template <class Function>
void for_each_bit(std::uint64_t bits, Function&& function) {
    for (; bits != 0; bits &= bits - 1)
        function(std::countr_zero(bits));
}

/// LIST: makes the list of free ports what a word of the first structure that has changed says.
void keep_list(view& structures, std::size_t word, std::uint64_t before, std::uint64_t after);

/// Writes a word of the first structure that was `before`, and keeps the list of free ports (LIST)
/// in step with it.
[[gnu::always_inline]] inline void set_in_use(any_view auto& structures, std::size_t word,
                                              std::uint64_t before, std::uint64_t in_use) {
    structures.set_first(word, in_use);
    if (structures.settings().form == structure_form::list)
        keep_list(structures, word, before, in_use);
}

/// Records a port that nobody uses as the stack's, in both structures.
inline void take(any_view auto& structures, std::uint16_t me, std::uint16_t port) {
    auto const word = word_of(port);
    structures.set_held(me, word, structures.held(me, word) | bit_of(port));
    structures.set_holder(port, static_cast<holder_code>(me));
    auto const in_use = structures.first(word);
    set_in_use(structures, word, in_use, in_use | bit_of(port));
}

/// Recomputes bits and holders of the ports in `ports` of one word from all second structures: in
/// use if any stack holds or serves it.
void recount(view& structures, std::size_t word, std::uint64_t ports, ending_uses const& gone = {});

/// The same for all words, whatever the list of free ports is: that has to be repaired then.
void recount_all(view& structures);

/// Ends the named uses of one stack in one word: in the first structure where nobody else has the
/// port, then in the second.
void end_uses(view& structures, std::size_t word, ending_uses const& gone);

}  // namespace cf::step
