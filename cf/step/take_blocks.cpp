#include "cf/step/take_blocks.hpp"

#include "cf/step/permission.hpp"
#include "cf/step/uses.hpp"

#include <algorithm>
#include <utility>

namespace cf::step {

namespace {

// What is free of a word, or nothing (`blocked`) if another stack has a source port in it.
struct free_part {
    std::uint64_t ports = 0;
    bool blocked = false;
};

free_part look_at(view& structures, std::uint16_t me, std::size_t word,
                  port_words const& excluded) {
    auto const in_use = structures.first(word);
    auto others = in_use;
    if (others != 0) others &= ~structures.held(me, word);
    bool blocked = false;
    for_each_bit(others, [&](int bit) {
        blocked |= structures.holder(port_of(word, bit)) != held_as_service;
    });
    auto const port_0 = word == 0 ? std::uint64_t{1} : 0;
    return {~in_use & ~excluded[word] & ~port_0, blocked};
}

// Seen from outside the read set first: most words that are not wholly free need no closer look.
bool seems_taken(view& structures, std::size_t first, std::size_t words,
                 port_words const& excluded) {
    std::uint64_t free = 0;
    for (auto word = first; word < first + words; ++word)
        free |= ~structures.first_hint(word) & ~excluded[word];
    return free == 0;
}

block_run look_at_block(view& structures, std::uint16_t me, std::size_t first, std::size_t words,
                        port_words const& excluded) {
    block_run found;
    if (seems_taken(structures, first, words, excluded)) return found;
    for (auto word = first; word < first + words; ++word) {
        auto const part = look_at(structures, me, word, excluded);
        if (part.blocked) return {};
        if (part.ports != 0) found.push_back({word, part.ports});
    }
    return found;
}

// Records ports of a word that nobody uses as the stack's, in both structures.
void take(view& structures, std::uint16_t me, std::size_t word, std::uint64_t ports) {
    structures.set_held(me, word, structures.held(me, word) | ports);
    for_each_bit(ports, [&](int bit) {
        structures.set_holder(port_of(word, bit), static_cast<holder_code>(me));
    });
    auto const in_use = structures.first(word);
    set_in_use(structures, word, in_use, in_use | ports);
}

}  // namespace

outcome<std::vector<block_run>> take_blocks(view& structures, std::uint16_t me, std::size_t most,
                                            port_words const& excluded) {
    if (auto permission = may_take(structures, me); !permission) return permission.error();
    std::size_t const words = structures.settings().grain / 64U;
    auto const blocks = port_word_count / words;
    most = std::min(most, most_words_at_once / words);
    auto const start = word_of(structures.cursor()) / words;
    std::vector<block_run> taken;
    for (std::size_t step = 0; step < blocks && taken.size() < most; ++step) {
        auto const first = (start + step) % blocks * words;
        auto run = look_at_block(structures, me, first, words, excluded);
        if (!run.empty()) taken.push_back(std::move(run));
    }
    for (auto const& run : taken)
        for (auto const& [word, ports] : run)
            take(structures, me, word, ports);
    if (!taken.empty()) {
        auto const next = (taken.back().back().word / words + 1) % blocks * words;
        structures.set_cursor(port_of(next, 0));
    }
    return taken;
}

}  // namespace cf::step
