// Allocate: a stack picks a port that the first structure shows available, and records it.
#pragma once

#include "cf/ports.hpp"
#include "cf/step/connections.hpp"
#include "cf/step/cursor.hpp"
#include "cf/step/free_list.hpp"
#include "cf/step/outcome.hpp"
#include "cf/step/permission.hpp"
#include "cf/step/uses.hpp"
#include "cf/structure/view.hpp"

#include <bit>
#include <cstdint>
#include <optional>

namespace cf::step {

/// BITMAP: where the cursor finds one. What a hint passes over costs nothing; a search that finds
/// nothing has to have looked at the words themselves.
inline std::optional<std::uint16_t> next_free(any_view auto& structures,
                                              port_words const& excluded) {
    std::optional<std::uint16_t> found;
    auto const search = [&](auto&& passed_over) {
        for_each_word_from(structures.cursor(), excluded,
                           [&](std::size_t word, std::uint64_t ports) {
                               ports &= ~passed_over(word);
                               if (ports != 0) ports &= ~structures.first(word);
                               if (ports != 0) found = port_of(word, std::countr_zero(ports));
                               return !found;
                           });
    };
    search([&](std::size_t word) { return structures.first_hint(word); });
    if (!found) search([](std::size_t) { return std::uint64_t{0}; });
    return found;
}

/// BITMAP: next-fit from a cursor that all stacks share, so that a port given back is reused as
/// late as possible; the cursor advances by random increments (in the spirit of RFC 6056 3.3.5),
/// which `random` supplies. LIST: the port free for longest. HASHTABLE: a port whose connection to
/// `to` nobody has. Port 0 and `excluded` are never given. Errors: exhausted, full, enabling,
/// not_shared.
[[gnu::always_inline]] inline outcome<std::uint16_t> allocate(any_view auto& structures,
                                                              std::uint16_t me,
                                                              destination const& to,
                                                              port_words const& excluded,
                                                              std::uint64_t random) {
    if (auto permission = may_take(structures, me); !permission) return permission.error();
    auto const form = structures.settings().form;
    if (form == structure_form::hashtable)
        return connections::allocate(structures, me, to, excluded, random);
    bool const list = form == structure_form::list;
    auto const port =
        list ? free_list::oldest(structures, excluded) : next_free(structures, excluded);
    if (!port) return error::exhausted;
    take(structures, me, *port);
    if (!list) structures.set_cursor(advance(*port, excluded, random));
    return *port;
}

}  // namespace cf::step
