#include "cf/step/repair.hpp"

#include "cf/ports.hpp"
#include "cf/step/sharing.hpp"
#include "cf/step/uses.hpp"

namespace cf::step {

void repair(view& structures) {
    if (structures.settings().state == sharing_state::off) return clear(structures);
    for (std::size_t word = 0; word < port_word_count; ++word)
        recount(structures, word, ~std::uint64_t{0});
}

}  // namespace cf::step
