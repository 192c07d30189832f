// The connector's part about switching sharing on and off, and about displaying it.
#include "cf/connector.hpp"
#include "cf/refusal.hpp"
#include "cf/step/backfill.hpp"
#include "cf/step/sharing.hpp"
#include "cf/step/uses.hpp"

#include <bit>
#include <utility>

namespace cf {

namespace {

std::uint64_t slots_of(std::vector<member> const& members) {
    std::uint64_t slots = 0;
    for (auto const& one : members)
        slots |= std::uint64_t{1} << one.slot;
    return slots;
}

std::string name_of_setter(dvipa_settings const& settings, std::vector<member> const& members) {
    for (auto const& one : members)
        if (one.slot == settings.set_by_slot && one.incarnation == settings.set_by_incarnation)
            return one.who.stack;
    return {};
}

failure disagreement(dvipa const& of, dvipa_settings const& settings,
                     std::vector<member> const& members) {
    auto setter = name_of_setter(settings, members);
    return {error::disagree,
            of.to_string() + " is shared with " + name_of(settings.form) + " GRAIN " +
                std::to_string(settings.grain) + ", set by " +
                (setter.empty() ? "a stack that has ended" : setter) +
                ": name the same form and grain on SYSPLEXPORTS, or let its sharing end first",
            {}};
}

failure no_space(char const* what, dvipa const& of) {
    return {error::unavailable,
            std::string(what) + " of " + of.to_string() +
                ": no space is left for its structures in the coupling facility's file system",
            {}};
}

dvipa_usage::per_stack count(view& structures, std::uint16_t slot) {
    dvipa_usage::per_stack counted{.slot = slot};
    for (std::size_t word = 0; word < port_word_count; ++word) {
        counted.in_use += static_cast<std::uint32_t>(std::popcount(structures.held(slot, word)));
        counted.services +=
            static_cast<std::uint32_t>(std::popcount(structures.served(slot, word)));
    }
    return counted;
}

void count(view& structures, port_words const& excluded, dvipa_usage& usage) {
    usage.settings = structures.settings();
    if (usage.settings.form == structure_form::hashtable &&
        usage.settings.state != sharing_state::off)
        usage.connections = structures.entry_count();
    for (std::size_t word = 0; word < port_word_count; ++word) {
        auto in_use = structures.first(word);
        usage.in_use += static_cast<std::uint32_t>(std::popcount(in_use));
        usage.available += static_cast<std::uint32_t>(std::popcount(~in_use & ~excluded[word]));
    }
    step::for_each_bit(structures.users(), [&](int slot) {
        usage.stacks.push_back(count(structures, static_cast<std::uint16_t>(slot)));
    });
}

}  // namespace

// Another form or grain than the one in force is a disagreement even where it could not be had.
failure connector::not_offered(dvipa const& of, sharing_request const& wanted) {
    auto in_force = settings(of);
    if (!in_force) return in_force.error();
    if (in_force->state != sharing_state::off)
        return disagreement(of, *in_force, facility_->members());
    char const* why = ": this facility does not offer it yet; write SYSPLEXPORTS alone";
    if (!is_grain(wanted.grain))
        why = ": a grain is 1, 64, 128, 256, 512 or 1024";
    else if (wanted.grain != 1 && wanted.form != structure_form::bitmap)
        why = ": only BITMAP is given out in blocks; leave GRAIN out";
    return {error::unavailable,
            std::string("SYSPLEXPORTS ") + name_of(wanted.form) + " GRAIN " +
                std::to_string(wanted.grain) + " for " + of.to_string() + why,
            {}};
}

result<dvipa_settings> connector::begin_enable(dvipa const& of, sharing_request const& wanted) {
    bool const in_blocks = wanted.grain != 1;
    if (!is_grain(wanted.grain) || (in_blocks && wanted.form != structure_form::bitmap) ||
        !facility_->offers(wanted.form))
        return not_offered(of, wanted);
    step::outcome<dvipa_settings> begun = error::unavailable;
    dvipa_settings before;
    step::enable_request request{self_.slot, self_.incarnation, wanted, random()};
    want asked{.step = step_kind::switch_on, .how = patience::wait, .create = true};
    auto updated = facility_->update(of, asked, [&](view& structures) {
        before = structures.settings();
        begun = step::begin_enable(structures, request);
        if (!begun) asked.refused = begun.error();
    });
    if (!updated) return updated.error();
    if (!begun && begun.error() == error::disagree)
        return disagreement(of, before, facility_->members());
    if (!begun) return no_space("switching on", of);
    if (*begun != before) facility_->note_change();
    return *begun;
}

result<> connector::backfill(dvipa const& of, adoption const& uses) {
    step::outcome<> filled = error::not_shared;
    // Blocks of an earlier sharing: what is in use of them is in `uses`.
    if (auto* held = pools_.find(of)) owed_.put(of, owed_work::all_of(held->withdraw_all()), {});
    want wanted{.step = step_kind::back_fill, .how = patience::wait};
    auto updated = update(of, wanted, [&](view& structures) {
        filled = step::backfill(structures, self_.slot, uses);
        if (!filled) wanted.refused = filled.error();
    });
    if (!updated) return updated.error();
    if (filled) return {};
    if (filled.error() == error::unavailable) return no_space("back-fill", of);
    return refusal(filled.error(), of);
}

result<barrier> connector::try_complete(dvipa const& of) {
    auto members = facility_->members();
    step::outcome<std::uint64_t> waiting = error::not_shared;
    bool completed = false;
    auto updated = facility_->update(
        of, {.step = step_kind::switch_on, .how = patience::wait}, [&](view& structures) {
            bool enabling = structures.settings().state == sharing_state::enabling;
            waiting = step::try_complete(structures, slots_of(members));
            completed = enabling && waiting && *waiting == 0;
        });
    if (!updated) return updated.error();
    if (!waiting) return refusal(waiting.error(), of);
    if (completed) facility_->note_change();
    return barrier{*waiting == 0, names_of(*waiting, members)};
}

result<std::vector<std::string>> connector::abandon(dvipa const& of) {
    auto members = facility_->members();
    std::uint64_t silent = 0;
    auto updated = facility_->update(
        of, {.step = step_kind::switch_on, .how = patience::wait},
        [&](view& structures) { silent = step::abandon(structures, slots_of(members)); });
    if (!updated) return updated.error();
    facility_->note_change();
    return names_of(silent, members);
}

result<> connector::begin_disable(dvipa const& of) {
    auto updated = facility_->update(of, {.step = step_kind::switch_off, .how = patience::wait},
                                     [&](view& structures) { step::begin_disable(structures); });
    if (!updated) return updated.error();
    facility_->note_change();
    return {};
}

result<dvipa_settings> connector::settings(dvipa const& of) {
    dvipa_settings found;
    auto updated =
        facility_->update(of, {.step = step_kind::display, .how = patience::wait, .look = true},
                          [&](view& structures) { found = structures.settings(); });
    if (!updated) return updated.error();
    return found;
}

result<dvipa_usage> connector::usage(dvipa const& of, port_words const& excluded) {
    dvipa_usage usage{.address = of};
    auto updated =
        facility_->update(of, {.step = step_kind::display, .how = patience::wait, .look = true},
                          [&](view& structures) {
                              usage = {.address = of};
                              count(structures, excluded, usage);
                          });
    if (!updated) return updated.error();
    auto members = facility_->members();
    usage.set_by = name_of_setter(usage.settings, members);
    for (auto& stack : usage.stacks)
        for (auto const& one : members)
            if (one.slot == stack.slot) {
                stack.stack = one.who.stack;
                stack.incarnation = one.incarnation;
            }
    return usage;
}

}  // namespace cf
