// The connector's part about looking into the structures and checking them.
#include "cf/connector.hpp"
#include "cf/refusal.hpp"
#include "cf/step/uses.hpp"

namespace cf {

namespace {

step::group_slots slots_of(std::vector<member> const& members, backend const& facility) {
    step::group_slots group;
    for (auto const& one : members) {
        group.members |= std::uint64_t{1} << one.slot;
        group.recovery_due |= !facility.alive(one);
    }
    return group;
}

verification::violation describe(step::finding const& found, dvipa const& of,
                                 std::vector<member> const& members) {
    auto stacks = names_of(found.slots, members);
    auto text = of.to_string();
    if (found.port != 0) text += " port " + std::to_string(found.port);
    text += std::string(": ") + step::text_of(found.what);
    for (std::size_t i = 0; i < stacks.size(); ++i)
        text += (i == 0 ? " (" : ", ") + stacks[i];
    if (!stacks.empty()) text += ")";
    return {found.what, found.port, std::move(stacks), std::move(text)};
}

port_words words_of(view& structures, std::uint16_t slot,
                    std::uint64_t (view::*which)(std::uint16_t, std::size_t)) {
    port_words words{};
    for (std::size_t word = 0; word < port_word_count; ++word)
        words[word] = (structures.*which)(slot, word);
    return words;
}

}  // namespace

result<dvipa_contents> connector::contents(dvipa const& of) {
    dvipa_contents result{.address = of};
    want const wanted{.step = step_kind::display, .how = patience::wait};
    auto updated = facility_->update(of, wanted, [&](view& structures) {
        result = {.address = of, .settings = structures.settings()};
        step::for_each_bit(structures.users(), [&](int bit) {
            auto slot = static_cast<std::uint16_t>(bit);
            result.stacks.push_back({.slot = slot,
                                     .backfilled = structures.backfilled(slot),
                                     .held = words_of(structures, slot, &view::held),
                                     .served = words_of(structures, slot, &view::served)});
        });
    });
    if (!updated) return updated.error();
    return result;
}

result<verification> connector::verify(dvipa const& of) {
    want const wanted{.step = step_kind::display, .how = patience::wait};
    std::vector<step::finding> found;
    std::vector<member> members;
    // A stack that joins after the look at the group may have a second structure already: what is
    // found is looked at again.
    for (int look = 0; look < 2; ++look) {
        members = facility_->members();
        auto group = slots_of(members, *facility_);
        auto updated = facility_->update(
            of, wanted, [&](view& structures) { found = step::verify(structures, group); });
        if (!updated) return updated.error();
        if (found.empty()) break;
    }
    verification result{.address = of, .violations = {}};
    for (auto const& one : found)
        result.violations.push_back(describe(one, of, members));
    return result;
}

}  // namespace cf
