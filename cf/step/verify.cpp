#include "cf/step/verify.hpp"

#include "cf/ports.hpp"
#include "cf/step/uses.hpp"

#include <array>

namespace cf::step {

namespace {

// What the checks look at, and what they find.
struct inspection {
    view& structures;
    group_slots group;
    dvipa_settings settings = structures.settings();
    std::vector<finding> found{};

    void report(violation what, std::uint16_t port, std::uint64_t slots) {
        if (found.size() < most_findings) found.push_back({what, port, slots});
    }
};

// Who has a port, and how often.
struct port_uses {
    std::uint64_t holders = 0;
    std::uint64_t servers = 0;

    bool none() const { return (holders | servers) == 0; }
    holder_code code() const {
        if (holders == 0) return held_as_service;
        bool one = (holders & (holders - 1)) == 0 && servers == 0;
        return one ? static_cast<holder_code>(std::countr_zero(holders)) : held_by_several;
    }
};

void check_port(inspection& in, std::uint16_t port, port_uses const& uses, bool taken) {
    auto slots = uses.holders | uses.servers;
    if (taken && uses.none()) return in.report(violation::port_orphaned, port, 0);
    if (!taken) return in.report(violation::port_unmarked, port, slots);
    auto expected = uses.code();
    if (in.structures.holder(port) == expected) return;
    in.report(expected == held_by_several ? violation::not_marked_shared : violation::wrong_holder,
              port, slots);
}

// I1 to I3, BITMAP: the first structure and its codes are what the second structures add up to.
void check_word(inspection& in, std::size_t word) {
    std::array<std::uint64_t, slot_count> held{}, served{};
    std::uint64_t all = 0;
    for_each_bit(in.structures.users(), [&](int bit) {
        auto slot = static_cast<std::uint16_t>(bit);
        held[slot] = in.structures.held(slot, word);
        served[slot] = in.structures.served(slot, word);
        all |= held[slot] | served[slot];
    });
    auto first = in.structures.first(word);
    for_each_bit(first | all, [&](int bit) {
        port_uses uses;
        for (std::size_t slot = 0; slot < slot_count; ++slot) {
            uses.holders |= (held[slot] >> bit & 1U) << slot;
            uses.servers |= (served[slot] >> bit & 1U) << slot;
        }
        check_port(in, port_of(word, bit), uses, (first >> bit & 1U) != 0);
    });
}

void check_bitmap(inspection& in) {
    for (std::size_t word = 0; word < port_word_count; ++word)
        check_word(in, word);
}

// I6: nobody but members has second structures; a back-fill is of a structure and a generation.
void check_users(inspection& in) {
    auto users = in.structures.users();
    for_each_bit(users & ~in.group.members, [&](int slot) {
        in.report(violation::user_no_member, 0, std::uint64_t{1} << slot);
    });
    for (std::uint16_t slot = 0; slot < slot_count; ++slot) {
        auto filled = in.structures.backfilled(slot);
        auto bit = std::uint64_t{1} << slot;
        if (filled != 0 && (users & bit) == 0) in.report(violation::mark_without_structure, 0, bit);
        if (filled > in.settings.generation) in.report(violation::mark_of_the_future, 0, bit);
    }
}

std::uint64_t holders_of_any_port(view& structures) {
    std::uint64_t slots = 0;
    for_each_bit(structures.users(), [&](int bit) {
        auto slot = static_cast<std::uint16_t>(bit);
        for (std::size_t word = 0; word < port_word_count; ++word)
            if (structures.held(slot, word) != 0) slots |= std::uint64_t{1} << slot;
    });
    return slots;
}

void check_off(inspection& in) {
    if (in.settings.state != sharing_state::off) return;
    auto users = in.structures.users();
    bool empty = users == 0;
    for (std::size_t word = 0; word < port_word_count; ++word)
        empty = empty && in.structures.first(word) == 0;
    if (!empty) in.report(violation::off_not_empty, 0, users);
}

void check_switching(inspection& in) {
    auto state = in.settings.state;
    // Who died as it gave back the last port has not switched off; its recovery will.
    if (state == sharing_state::draining && !in.group.recovery_due &&
        holders_of_any_port(in.structures) == 0)
        in.report(violation::drained_not_off, 0, 0);
    auto starter = std::uint64_t{1} << in.settings.set_by_slot;
    if (state == sharing_state::enabling && (in.group.members & starter) == 0)
        in.report(violation::enabling_by_nobody, 0, starter);
}

void check_form(inspection& in) {
    bool known = in.settings.form <= structure_form::hashtable && in.settings.grain <= 1024;
    if (!known) in.report(violation::unknown_form, 0, 0);
}

// A form of the first structure adds its row; a check of another form is not run.
struct check {
    void (*run)(inspection&);
    bool every_form = true;
    structure_form form = structure_form::bitmap;
};
constexpr std::array checks{check{check_form}, check{check_users}, check{check_off},
                            check{check_switching}, check{check_bitmap, false}};

}  // namespace

std::vector<finding> verify(view& structures, group_slots const& group) {
    inspection in{structures, group};
    for (auto const& one : checks)
        if (one.every_form || one.form == in.settings.form) one.run(in);
    return std::move(in.found);
}

char const* text_of(violation what) {
    switch (what) {
        case violation::port_orphaned:
            return "taken in the first structure, and no stack holds or serves it";
        case violation::port_unmarked:
            return "held or served, and free in the first structure";
        case violation::wrong_holder:
            return "the holder beside it is not the stack that has it";
        case violation::not_marked_shared:
            return "used more than once, and not marked as such";
        case violation::user_no_member:
            return "there is a second structure for a slot without a member";
        case violation::mark_without_structure:
            return "a stack without second structure is marked as back-filled";
        case violation::mark_of_the_future:
            return "a stack is marked as back-filled for a generation that has not been";
        case violation::off_not_empty:
            return "sharing is OFF, and the structures are not empty";
        case violation::drained_not_off:
            return "sharing is DRAINING, and no port is held any more";
        case violation::enabling_by_nobody:
            return "sharing is ENABLING, and the stack that began it is gone";
        case violation::unknown_form:
            return "form or grain of the structures are not known";
    }
    return "?";
}

}  // namespace cf::step
